import 'server-only';
import { z } from 'zod';
import { findAppUrl, isDeployed, isPreview } from './app-url';
import { chooseDatabase } from './database-names';
import { logLevel, origin, port, variables } from './env-variables';
import { findRequestIdHeader, type RequestIdHeader } from './request-id-header';

/** The configuration of this process: parsed once, complete, trusted from there on. */
export interface Env {
  /** The deployment's Spotify app; null where hosts bring their own, and nothing else. */
  readonly spotifyClientId: string | null;
  /** There where the id is. */
  readonly spotifyClientSecret: string | null;
  /** Hosts may bring a Spotify app of their own (AP1). */
  readonly ownApps: boolean;
  /** Without a trailing slash; `/authorize` and `/api/token` are appended. */
  readonly spotifyAccountsUrl: string;
  /** Without a trailing slash; `/v1/…` is appended. */
  readonly spotifyApiUrl: string;
  readonly spotifySimulated: boolean;
  /** The stand-in inside the app takes Spotify's place on the whole site: in previews, and where `DEMO` is all there is. */
  readonly standIn: boolean;
  /** `/demo` makes rooms with the stand-in's made-up songs, beside the others. */
  readonly demo: boolean;
  readonly spotifyCallsPerDay: number;
  /** The canonical origin. */
  readonly appUrl: string;
  /** Nobody said where people find the app: it is taken to be on a laptop. */
  readonly appUrlAssumed: boolean;
  /** At least one; the first one seals. */
  readonly sessionSecrets: readonly string[];
  readonly databaseUrl: string;
  /** The same database without a pooler, for LISTEN and for migrations. */
  readonly databaseDirectUrl: string;
  /** The authority, in PEM, that the database's certificate has to be signed by; null for those that Node knows. */
  readonly databaseCa: string | null;
  readonly port: number;
  readonly host: string;
  readonly trustedHops: number;
  readonly rateLimitFactor: number;
  /** Lets the app through a login that its platform puts in front of a deployment; null where there is none. */
  readonly protectionBypass: string | null;
  /** The header by which whoever stands in front of the app names a request; null where anybody could write it. */
  readonly requestIdHeader: RequestIdHeader | null;
  /** What a scrape of `/api/metrics` has to bring; null where the address is not there. */
  readonly metricsToken: string | null;
  /** What a platform's cron brings; null where anybody may ask for the housekeeping. */
  readonly cronSecret: string | null;
}

export type EnvResult =
  | { readonly ok: true; readonly value: Env }
  | { readonly ok: false; readonly problems: readonly string[] };

type Source = Readonly<Record<string, string | undefined>>;

/**
 * Whether the stand-in inside the app takes Spotify's place everywhere: in every preview, so that no branch has the operator's app or logins
 * within reach, and where a demo is wanted and there is no Spotify app.
 */
function standsIn(given: Source): boolean {
  // A secret without its id is a mistake, and not the wish to have no Spotify.
  const hasApp = given['SPOTIFY_CLIENT_ID'] !== undefined || given['SPOTIFY_CLIENT_SECRET'] !== undefined;
  return isPreview(given) || (given['DEMO'] === 'on' && !hasApp);
}

/**
 * Whether the deployer said anything of a Spotify that is to be asked: an app, where it is, or that this is the production site of a platform.
 * Where nothing was said, `npm start` brings a simulated one.
 */
export function namesSpotify(given: Source): boolean {
  return given['SPOTIFY_CLIENT_ID'] !== undefined || runsWithOwnApps(given);
}

/** Whether a site without an app of its own is one on which every host brings theirs, and not one that was forgotten half-way. */
function runsWithOwnApps(given: Source): boolean {
  return given['SPOTIFY_ACCOUNTS_URL'] !== undefined || given['VERCEL_ENV'] === 'production';
}

/** What is missing of the deployment's Spotify app: both halves, or neither where hosts bring their own. */
function findMissingApp(complete: Source): readonly string[] {
  const [id, secret] = [complete['SPOTIFY_CLIENT_ID'], complete['SPOTIFY_CLIENT_SECRET']];
  const noSecret = 'SPOTIFY_CLIENT_SECRET is missing; it is on the page of your Spotify app.';
  if (id !== undefined) return secret === undefined ? [noSecret] : [];
  if (secret !== undefined) return ['SPOTIFY_CLIENT_ID is missing; it is on the page of your Spotify app.'];
  if (!runsWithOwnApps(complete)) {
    return [
      'SPOTIFY_CLIENT_ID is missing; it is on the page of your Spotify app. Without one, say where Spotify is, SPOTIFY_ACCOUNTS_URL=https://accounts.spotify.com, and every host brings an app of their own; or use npm start for the simulator.',
      noSecret,
    ];
  }
  if (complete['SPOTIFY_OWN_APPS'] !== 'off') return [];
  return [
    'SPOTIFY_OWN_APPS is off and SPOTIFY_CLIENT_ID is missing, so that nobody could log in; set the keys of your Spotify app, or let hosts bring theirs.',
  ];
}

/** What the deployer said of Spotify, or nothing of it where it may not be asked. */
function withoutSpotify(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const others = Object.entries(given).filter(([name]) => !name.startsWith('SPOTIFY_'));
  return {
    ...Object.fromEntries(others),
    SPOTIFY_CLIENT_ID: 'none',
    SPOTIFY_CLIENT_SECRET: 'none',
    SPOTIFY_SIMULATED: '1',
    // Its worlds know one app.
    SPOTIFY_OWN_APPS: 'off',
  };
}

/** What was said, without the blanks and ends of lines that come along with what is pasted; an empty variable counts as not set. */
function readGiven(source: Source): Readonly<Record<string, string>> {
  const trimmed = Object.entries(source).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

/** Variables of ours around which quotes were kept, as some shells and container engines do. */
function findQuoted(given: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(variables.shape).filter((name) => /^(["'`]).*\1$/s.test(given[name] ?? ''));
  return names.map((name) => `${name} has quotes around it; write it without them.`);
}

/** What follows from the platform where the deployer said nothing. */
function withDefaults(source: Source): Record<string, string> {
  const given = readGiven(source);
  const onVercel = given['VERCEL'] === '1';
  // A bad port is named once, as PORT, and not a second time as part of an address that nobody wrote.
  const usable = port.safeParse(given['PORT']).success ? given['PORT'] : undefined;
  const spotify = standsIn(given) ? withoutSpotify(given) : given;
  const complete: Record<string, string> = { TRUSTED_HOPS: onVercel ? '1' : '0', ...spotify };
  const appUrl = findAppUrl({ ...given, PORT: usable });
  if (appUrl === undefined) delete complete['APP_URL'];
  else complete['APP_URL'] = appUrl;
  return complete;
}

/** An address that only this machine reaches, where a platform serves everybody; null for any other. */
function unreachable(complete: Source): string | null {
  const appUrl = complete['APP_URL'];
  if (!isDeployed(complete) || appUrl?.startsWith('http://') !== true || !origin.safeParse(appUrl).success) return null;
  return 'APP_URL must begin with https:// on a deployed site.';
}

/** The same, with the database's addresses under the names of ours; a problem with one is told by the name it was given under. */
function withDatabase(given: Readonly<Record<string, string>>) {
  const { pooled, direct } = chooseDatabase(given);
  const named: Record<string, string> = { ...given };
  if (pooled !== null) named['DATABASE_URL'] = pooled.url;
  if (direct !== null) named['DATABASE_DIRECT_URL'] = direct.url;
  const givenAs = new Map([
    ['DATABASE_URL', pooled?.name ?? 'DATABASE_URL'],
    ['DATABASE_DIRECT_URL', direct?.name ?? 'DATABASE_DIRECT_URL'],
  ]);
  return { named, nameOf: (name: string): string => givenAs.get(name) ?? name };
}

/** A database as programs connect to it; see `describeConnection`. */
export interface DatabaseAddress {
  readonly url: string;
  /** The authority that its certificate has to be signed by; null for those that Node knows. */
  readonly ca: string | null;
}

/** A store's two names have to lead to one database: what is migrated is what is used. */
function findStranger(given: Readonly<Record<string, string>>): string | null {
  const { pooled, direct } = chooseDatabase(given);
  if (pooled === null || direct === null || direct.name === 'DATABASE_DIRECT_URL') return null;
  const path = ({ url }: { readonly url: string }): string => (URL.canParse(url) ? new URL(url).pathname : '');
  if (path(pooled) === path(direct)) return null;
  return `${direct.name} names another database than ${pooled.name}; set DATABASE_DIRECT_URL to the one past the pooler.`;
}

const databaseVariables = variables.pick({ DATABASE_URL: true, DATABASE_DIRECT_URL: true, DATABASE_CA: true });

/**
 * The database alone, past its pooler, for programs that need nothing else; or one line per variable that is missing or malformed.
 */
export function parseDatabase(
  source: Source,
):
  | { readonly ok: true; readonly value: DatabaseAddress }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const given = withDefaults(source);
  const { named, nameOf } = withDatabase(given);
  const result = databaseVariables.safeParse(named);
  if (!result.success) return { ok: false, problems: namedProblems(result.error, nameOf) };
  const stranger = findStranger(given);
  if (stranger !== null) return { ok: false, problems: [stranger] };
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: direct = url, DATABASE_CA: ca = null } = result.data;
  return { ok: true, value: { url: direct, ca } };
}

function namedProblems(error: z.ZodError, nameOf: (name: string) => string): readonly string[] {
  const problems = error.issues.map(({ path, message }) => `${nameOf(path.join('.'))} ${message}.`);
  // One address may be both, and is named once.
  return [...new Set(problems)];
}

/** The environment as configuration, or one line per variable that is missing or malformed, each saying how to mend it. */
export function parseEnv(source: Source): EnvResult {
  const given = withDefaults(source);
  const { named, nameOf } = withDatabase(given);
  const result = variables.safeParse(named);
  const others = [...findMissingApp(given), unreachable(given), findStranger(given), ...findQuoted(given)].filter(
    (problem) => problem !== null,
  );
  if (!result.success) return { ok: false, problems: [...namedProblems(result.error, nameOf), ...others] };
  if (others.length > 0) return { ok: false, problems: others };
  const env = result.data;
  return {
    ok: true,
    value: {
      spotifyClientId: env.SPOTIFY_CLIENT_ID ?? null,
      spotifyClientSecret: env.SPOTIFY_CLIENT_SECRET ?? null,
      ownApps: env.SPOTIFY_OWN_APPS === 'on',
      spotifyAccountsUrl: env.SPOTIFY_ACCOUNTS_URL,
      spotifyApiUrl: env.SPOTIFY_API_URL,
      spotifySimulated: env.SPOTIFY_SIMULATED === '1',
      standIn: standsIn(readGiven(source)),
      demo: env.DEMO === 'on',
      spotifyCallsPerDay: env.SPOTIFY_CALLS_PER_DAY,
      appUrl: env.APP_URL,
      appUrlAssumed: readGiven(source)['APP_URL'] === undefined && env.APP_URL.startsWith('http:'),
      sessionSecrets: env.SESSION_SECRET,
      databaseUrl: env.DATABASE_URL,
      databaseDirectUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
      databaseCa: env.DATABASE_CA ?? null,
      port: env.PORT,
      host: env.HOST,
      trustedHops: env.TRUSTED_HOPS,
      rateLimitFactor: env.RATE_LIMIT_FACTOR,
      protectionBypass: env.VERCEL_AUTOMATION_BYPASS_SECRET ?? null,
      cronSecret: env.CRON_SECRET ?? null,
      metricsToken: env.METRICS_TOKEN ?? null,
      requestIdHeader: findRequestIdHeader(source),
    },
  };
}

/**
 * Whether this process is a function of a platform, which is frozen as soon as no request is open (WT9): a timer there runs some other time or
 * never, and what it was about to give back stays taken.
 */
export function runsAsFunction(): boolean {
  return process.env['VERCEL'] === '1';
}

let parsed: Env | null = null;

/**
 * The configuration of this process.
 *
 * @throws {Error} with one line per bad variable, the first time it is asked for
 */
export function getEnv(): Env {
  if (parsed !== null) return parsed;
  const result = parseEnv(process.env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  parsed = result.value;
  return parsed;
}

/** As whom spans are sent; the exporter reads its other variables itself. */
export function readServiceName(): string {
  return process.env['OTEL_SERVICE_NAME'] ?? 'roomtone';
}

/** From which level on lines are logged: known before anything else is, so that a wrong configuration can be logged. */
export function readLogLevel(): z.infer<typeof logLevel> {
  return logLevel.catch('info').parse(process.env['LOG_LEVEL']);
}
