import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { type RoomHint, roomChannel } from './room-channel';
import { describeConnection } from '@/lib/server/runtime/database-connection';
import { getEnv } from '@/lib/server/runtime/env';
import { describeError } from '@/lib/server/runtime/describe-error';
import { log } from '@/lib/server/runtime/log';
import { isOutageSaid, logWorkFailure } from '@/lib/server/runtime/log-failure';
import { unlessSaidLately } from '@/lib/server/runtime/repeats';

/** How often the connection is asked whether it still listens, and how long it may take to answer, in ms. */
const probeEveryMs = 8_000;
const probeTimeoutMs = 4_000;

const firstRetryMs = 500;
const longestRetryMs = 5_000;

/** How long it may fail to connect before that is news, in ms. */
const lastingMs = 30_000;

/** How long the announcement of a connection's own test may take to come back, in ms. */
const selfTestMs = 4_000;

/** How often a connection that hears nothing is tried again, in ms: behind a pooler it will not get better soon. */
const deafRetryMs = 60_000;

const hintSchema = z.object({ room: z.string(), version: z.number() });

export interface ListenerHandlers {
  readonly onHint: (hint: RoomHint) => void;
  /** Announcements arrive from here on; whatever was announced before was missed. */
  readonly onHearing: () => void;
  /** Announcements may be missed from here on. */
  readonly onDeaf: () => void;
}

/** Announces something as changes of rooms are announced, over another connection. */
export type Announce = (hint: RoomHint) => Promise<void>;

type State =
  | { readonly kind: 'connecting'; readonly client: pg.Client }
  /** Connected, and waiting to hear its own test. */
  | { readonly kind: 'testing'; readonly client: pg.Client; readonly heard: () => void }
  | { readonly kind: 'listening'; readonly client: pg.Client; readonly probe: NodeJS.Timeout }
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'stopped' };

/**
 * One connection per instance that hears what rooms announce. Nothing else is ever done on it: a listener inside a
 * transaction would hold PostgreSQL's queue. A dead or half-open connection is found within 12 s and replaced. A connection counts only
 * once it has heard a test of its own: behind a pooler that shares sessions it never would, and nothing else would say so.
 */
export class RoomListener {
  readonly #handlers: ListenerHandlers;
  readonly #announce: Announce;
  /** No room has this id: what is announced for it is a test of this listener. */
  readonly #testId = randomUUID();
  #state: State = { kind: 'stopped' };
  #retryMs = firstRetryMs;
  /** Since when it cannot connect, by the process's clock. */
  #failingSinceMs: number | null = null;
  /** The operator was told why nothing is heard. */
  #isTold = false;

  constructor(announce: Announce, handlers: ListenerHandlers) {
    this.#announce = announce;
    this.#handlers = handlers;
  }

  start(): void {
    if (this.#state.kind === 'stopped') void this.#connect();
  }

  async stop(): Promise<void> {
    const state = this.#state;
    this.#state = { kind: 'stopped' };
    if (state.kind === 'waiting') clearTimeout(state.timer);
    if (state.kind === 'listening') clearInterval(state.probe);
    if ('client' in state) await state.client.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const { databaseDirectUrl, databaseCa } = getEnv();
    const client = new pg.Client({
      ...describeConnection(databaseDirectUrl, databaseCa),
      connectionTimeoutMillis: probeTimeoutMs,
      query_timeout: probeTimeoutMs,
      keepAlive: true,
      application_name: 'roomtone listener',
    });
    client.on('notification', (message) => this.#receive(message.payload));
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    this.#state = { kind: 'connecting', client };
    try {
      await client.connect();
      await client.query(`LISTEN ${roomChannel}`);
    } catch (error) {
      this.#abandon(client);
      if (!this.#isConnecting(client)) return;
      this.#noteFailure(error);
      this.#retryLater();
      return;
    }
    // Stopped meanwhile, and perhaps begun anew.
    if (!this.#isConnecting(client)) return this.#abandon(client);
    await this.#test(client);
  }

  /** Listens in earnest once the connection has heard its own test. */
  async #test(client: pg.Client): Promise<void> {
    let hear = (): void => undefined;
    const heard = new Promise<boolean>((resolve) => (hear = () => resolve(true)));
    this.#state = { kind: 'testing', client, heard: hear };
    try {
      await this.#announce({ room: this.#testId, version: 0 });
    } catch (error) {
      logWorkFailure('announce', error);
      if (!this.#isTesting(client)) return;
      // Nothing was said, so that nothing is heard says nothing.
      this.#abandon(client);
      return this.#retryLater();
    }
    // What has arrived is read before it counts that nothing came: a process that had much to do finds both at once.
    const late = delay(selfTestMs, undefined, { ref: false }).then(() => nextTurn(false));
    const hears = await Promise.race([heard, late]);
    if (!this.#isTesting(client)) return;
    if (!hears) {
      if (!this.#isTold) log.error('events.deaf', { retrySeconds: deafRetryMs / 1_000 });
      this.#isTold = true;
      this.#abandon(client);
      this.#retryIn(deafRetryMs);
      return;
    }
    const probe = setInterval(() => void this.#probe(client), probeEveryMs);
    probe.unref();
    this.#state = { kind: 'listening', client, probe };
    this.#retryMs = firstRetryMs;
    this.#failingSinceMs = null;
    this.#isTold = false;
    this.#handlers.onHearing();
  }

  /** Tells the operator when it lasts and the app's own connections are well: then it is this one's address. */
  #noteFailure(error: unknown): void {
    const now = performance.now();
    this.#failingSinceMs ??= now;
    if (this.#isTold || isOutageSaid() || now - this.#failingSinceMs < lastingMs) return;
    log.warn('events.listen_failed', describeError(error));
    this.#isTold = true;
  }

  #isConnecting(client: pg.Client): boolean {
    return this.#state.kind === 'connecting' && this.#state.client === client;
  }

  #isTesting(client: pg.Client): boolean {
    return this.#state.kind === 'testing' && this.#state.client === client;
  }

  #isStopped(): boolean {
    return this.#state.kind === 'stopped';
  }

  #receive(payload: string | undefined): void {
    try {
      const hint = hintSchema.parse(JSON.parse(payload ?? ''));
      if (hint.room !== this.#testId) this.#handlers.onHint(hint);
      else if (this.#state.kind === 'testing') this.#state.heard();
    } catch (error) {
      const news = unlessSaidLately('events.hint_unreadable');
      if (news !== null) log.warn('events.hint_unreadable', { ...describeError(error), ...news });
    }
  }

  async #probe(client: pg.Client): Promise<void> {
    try {
      const { rows } = await client.query<{ listens: boolean }>(
        'SELECT EXISTS (SELECT 1 FROM pg_listening_channels() c WHERE c = $1) AS "listens"',
        [roomChannel],
      );
      if (rows[0]?.listens === true) return;
      // A pooler gave the session away: the LISTEN is somebody else's now.
      const news = unlessSaidLately('events.listen_forgotten');
      if (news !== null) log.warn('events.listen_forgotten', news);
    } catch (error) {
      log.info('events.listener_silent', describeError(error));
    }
    this.#lost(client);
  }

  #lost(client: pg.Client): void {
    const state = this.#state;
    if ((state.kind !== 'listening' && state.kind !== 'testing') || state.client !== client) return;
    if (state.kind === 'listening') {
      clearInterval(state.probe);
      this.#handlers.onDeaf();
    }
    this.#abandon(client);
    this.#retryLater();
  }

  #abandon(client: pg.Client): void {
    client.removeAllListeners('notification');
    // A half-open connection never answers; its end is not waited for.
    client.end().catch(() => undefined);
  }

  #retryLater(): void {
    this.#retryIn(this.#retryMs * (0.75 + Math.random() / 2));
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #retryIn(ms: number): void {
    if (this.#isStopped()) return;
    const timer = setTimeout(() => void this.#connect(), ms);
    timer.unref();
    this.#state = { kind: 'waiting', timer };
  }
}
