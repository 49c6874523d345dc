import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { addMonths } from './clock';

/** The app of a grant, as `AppStore` keeps it; files of before know one app. */
const appKey = z.string().nullable().default(null);

const grantSchema = z.object({
  id: z.number(),
  app: appKey,
  account: z.string(),
  scopes: z.array(z.string()).readonly(),
  authorizedAt: z.number(),
  revoked: z.boolean(),
});
const refreshTokenSchema = z.object({ grantId: z.number(), rotatedAway: z.boolean() });
const accessTokenSchema = z.object({
  ordinal: z.number(),
  app: appKey,
  account: z.string(),
  grantId: z.number(),
  scopes: z.array(z.string()).readonly(),
  expiresAt: z.number(),
  killed: z.boolean(),
});

const pendingCodeSchema = z.object({
  app: appKey,
  account: z.string(),
  scopes: z.array(z.string()).readonly(),
  redirectUri: z.string(),
  /** base64url(SHA-256(verifier)), or null when the login came without PKCE. */
  challenge: z.string().nullable(),
  issuedAt: z.number(),
});

/** What is kept of the store. Codes and tokens appear only as SHA-256 hashes. */
export const grantStoreSchema = z.object({
  codes: z.array(z.tuple([z.string(), pendingCodeSchema])).default([]),
  nextGrantId: z.number(),
  nextOrdinal: z.number(),
  grants: z.array(grantSchema),
  refreshTokens: z.array(z.tuple([z.string(), refreshTokenSchema])),
  accessTokens: z.array(z.tuple([z.string(), accessTokenSchema])),
  approvals: z.array(z.tuple([z.string(), z.array(z.string())])),
});

export type Grant = z.infer<typeof grantSchema>;
export type AccessToken = z.infer<typeof accessTokenSchema>;
export type GrantStoreData = z.infer<typeof grantStoreSchema>;

/** An authorization code that waits to be exchanged. */
export type PendingCode = z.infer<typeof pendingCodeSchema>;

/** How long a code lives. Spotify does not publish its own figure; this one is short on purpose. */
export const codeLifeMs = 60_000;
/** Months from consent to the end of a refresh token; refreshing does not move it. */
export const refreshTokenLifeMonths = 6;

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');
const approvalKey = (app: string | null, account: string): string => (app === null ? account : `${app} ${account}`);
const isApprovalOf = (key: string, account: string): boolean => key === account || key.endsWith(` ${account}`);
const newToken = (prefix: string, bytes: number): string => prefix + randomBytes(bytes).toString('base64url');

export type RefreshVerdict =
  | { readonly kind: 'ok'; readonly grant: Grant }
  | { readonly kind: 'refused'; readonly grant: Grant | null; readonly description: string };

/** Every consent, code and token of the simulator. Times are milliseconds of the `tokens` clock. */
export class GrantStore {
  #codes = new Map<string, PendingCode>();
  #grants = new Map<number, Grant>();
  #refreshTokens = new Map<string, z.infer<typeof refreshTokenSchema>>();
  #accessTokens = new Map<string, AccessToken>();
  #approvals = new Map<string, Set<string>>();
  #nextGrantId = 1;
  #nextOrdinal = 1;

  /** Whether this account once agreed to all of these scopes, so that no dialog is needed. */
  hasApproved(app: string | null, account: string, scopes: readonly string[]): boolean {
    const approved = this.#approvals.get(approvalKey(app, account));
    return approved !== undefined && scopes.every((scope) => approved.has(scope));
  }

  /** Everything this account ever granted the app. */
  approvedScopes(app: string | null, account: string): readonly string[] {
    return [...(this.#approvals.get(approvalKey(app, account)) ?? [])];
  }

  issueCode(pending: PendingCode): string {
    const key = approvalKey(pending.app, pending.account);
    const approved = this.#approvals.get(key) ?? new Set();
    for (const scope of pending.scopes) approved.add(scope);
    this.#approvals.set(key, approved);
    const code = newToken('AQ', 96);
    this.#codes.set(hash(code), pending);
    return code;
  }

  /** The pending login of a code, without using it up. */
  peekCode(code: string): PendingCode | undefined {
    return this.#codes.get(hash(code));
  }

  /** Uses a code up: a second exchange does not find it. */
  takeCode(code: string): PendingCode | undefined {
    const key = hash(code);
    const pending = this.#codes.get(key);
    this.#codes.delete(key);
    return pending;
  }

  /** @param app null for the one that the simulator was started with */
  openGrant(account: string, scopes: readonly string[], now: number, app: string | null = null): Grant {
    const grant: Grant = {
      id: this.#nextGrantId,
      app,
      account,
      scopes: [...scopes],
      authorizedAt: now,
      revoked: false,
    };
    this.#nextGrantId += 1;
    this.#grants.set(grant.id, grant);
    return grant;
  }

  issueRefreshToken(grant: Grant): string {
    const token = newToken('AQ', 98);
    this.#refreshTokens.set(hash(token), { grantId: grant.id, rotatedAway: false });
    return token;
  }

  issueAccessToken(grant: Grant, scopes: readonly string[], expiresAt: number): string {
    const token = newToken('BQ', 120);
    const { app, account, id: grantId } = grant;
    this.#accessTokens.set(hash(token), {
      ordinal: this.#nextOrdinal,
      app,
      account,
      grantId,
      scopes: [...scopes],
      expiresAt,
      killed: false,
    });
    this.#nextOrdinal += 1;
    return token;
  }

  /** Checks a refresh token without changing anything. */
  checkRefreshToken(token: string, now: number): RefreshVerdict {
    const known = this.#refreshTokens.get(hash(token));
    const grant = known === undefined ? undefined : this.#grants.get(known.grantId);
    if (known === undefined || grant === undefined) {
      return { kind: 'refused', grant: null, description: 'Invalid refresh token' };
    }
    if (known.rotatedAway || grant.revoked) return { kind: 'refused', grant, description: 'Refresh token revoked' };
    if (now >= addMonths(grant.authorizedAt, refreshTokenLifeMonths)) {
      return { kind: 'refused', grant, description: 'Refresh token expired' };
    }
    return { kind: 'ok', grant };
  }

  retireRefreshToken(token: string): void {
    const known = this.#refreshTokens.get(hash(token));
    if (known !== undefined) known.rotatedAway = true;
  }

  findAccessToken(token: string): AccessToken | undefined {
    return this.#accessTokens.get(hash(token));
  }

  /** Ends every access token at once, of one account or of all; refresh tokens stay good. Answers how many. */
  expireAccessTokens(account: string | null, now: number): number {
    let count = 0;
    for (const token of this.#accessTokens.values()) {
      if (account !== null && token.account !== account) continue;
      if (token.expiresAt <= now) continue;
      token.expiresAt = now;
      count += 1;
    }
    return count;
  }

  /**
   * What the host does on Spotify's account page: every app is removed. Access tokens already issued go on until they
   * expire, unless `killAccessTokens`. Answers how many grants ended.
   */
  revoke(account: string, killAccessTokens: boolean): number {
    let count = 0;
    for (const grant of this.#grants.values()) {
      if (grant.account !== account || grant.revoked) continue;
      grant.revoked = true;
      count += 1;
    }
    for (const key of this.#approvals.keys()) if (isApprovalOf(key, account)) this.#approvals.delete(key);
    if (killAccessTokens) {
      for (const token of this.#accessTokens.values()) if (token.account === account) token.killed = true;
    }
    return count;
  }

  clear(): void {
    this.#codes.clear();
    this.#grants.clear();
    this.#refreshTokens.clear();
    this.#accessTokens.clear();
    this.#approvals.clear();
  }

  /** What a restart needs: all that is not over. */
  export(now: number): GrantStoreData {
    const dayMs = 86_400_000;
    return {
      codes: [...this.#codes].filter(([, code]) => code.issuedAt > now - codeLifeMs),
      nextGrantId: this.#nextGrantId,
      nextOrdinal: this.#nextOrdinal,
      grants: [...this.#grants.values()],
      refreshTokens: [...this.#refreshTokens],
      accessTokens: [...this.#accessTokens].filter(([, token]) => token.expiresAt > now - dayMs),
      approvals: [...this.#approvals].map(([account, scopes]) => [account, [...scopes]]),
    };
  }

  import(data: GrantStoreData): void {
    this.#nextGrantId = data.nextGrantId;
    this.#nextOrdinal = data.nextOrdinal;
    this.#codes = new Map(data.codes);
    this.#grants = new Map(data.grants.map((grant) => [grant.id, grant]));
    this.#refreshTokens = new Map(data.refreshTokens);
    this.#accessTokens = new Map(data.accessTokens);
    this.#approvals = new Map(data.approvals.map(([account, scopes]) => [account, new Set(scopes)]));
  }
}
