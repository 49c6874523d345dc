import 'server-only';
import pg from 'pg';
import { z } from 'zod';
import { type RoomHint, roomChannel } from '@/lib/shared/room-channel';
import { getEnv } from '../env';
import { errorKind, log } from '../log';

/** How often the connection is asked whether it still listens, and how long it may take to answer, in ms. */
const probeEveryMs = 8_000;
const probeTimeoutMs = 4_000;

const firstRetryMs = 500;
const longestRetryMs = 15_000;

const hintSchema = z.object({ room: z.string(), version: z.number() });

export interface ListenerHandlers {
  readonly onHint: (hint: RoomHint) => void;
  /** The connection is back: whatever was announced meanwhile was missed. */
  readonly onReconnect: () => void;
}

type State =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'listening'; readonly client: pg.Client; readonly probe: NodeJS.Timeout }
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'stopped' };

/**
 * One connection per instance that hears what rooms announce. Nothing else is ever done on it: a listener inside a
 * transaction would hold PostgreSQL's queue. A dead or half-open connection is found within 12 s and replaced.
 */
export class RoomListener {
  readonly #handlers: ListenerHandlers;
  #state: State = { kind: 'stopped' };
  #retryMs = firstRetryMs;
  #connectedBefore = false;

  constructor(handlers: ListenerHandlers) {
    this.#handlers = handlers;
  }

  start(): void {
    if (this.#state.kind === 'stopped') void this.#connect();
  }

  async stop(): Promise<void> {
    const state = this.#state;
    this.#state = { kind: 'stopped' };
    if (state.kind === 'waiting') clearTimeout(state.timer);
    if (state.kind !== 'listening') return;
    clearInterval(state.probe);
    await state.client.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    this.#state = { kind: 'connecting' };
    const client = new pg.Client({
      connectionString: getEnv().databaseDirectUrl,
      connectionTimeoutMillis: probeTimeoutMs,
      query_timeout: probeTimeoutMs,
      keepAlive: true,
      application_name: 'roomtone listener',
    });
    client.on('notification', (message) => this.#receive(message.payload));
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${roomChannel}`);
    } catch (error) {
      log.warn('events.listen_failed', { error: errorKind(error) });
      this.#abandon(client);
      this.#retryLater();
      return;
    }
    if (this.#isStopped()) return this.#abandon(client);
    const probe = setInterval(() => void this.#probe(client), probeEveryMs);
    probe.unref();
    this.#state = { kind: 'listening', client, probe };
    this.#retryMs = firstRetryMs;
    if (this.#connectedBefore) this.#handlers.onReconnect();
    this.#connectedBefore = true;
  }

  #isStopped(): boolean {
    return this.#state.kind === 'stopped';
  }

  #receive(payload: string | undefined): void {
    try {
      this.#handlers.onHint(hintSchema.parse(JSON.parse(payload ?? '')));
    } catch (error) {
      log.warn('events.hint_unreadable', { error: errorKind(error) });
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
      log.warn('events.listen_forgotten');
    } catch (error) {
      log.warn('events.listener_silent', { error: errorKind(error) });
    }
    this.#lost(client);
  }

  #lost(client: pg.Client): void {
    const state = this.#state;
    if (state.kind !== 'listening' || state.client !== client) return;
    clearInterval(state.probe);
    this.#abandon(client);
    this.#retryLater();
  }

  #abandon(client: pg.Client): void {
    client.removeAllListeners('notification');
    // A half-open connection never answers; its end is not waited for.
    client.end().catch(() => undefined);
  }

  #retryLater(): void {
    if (this.#isStopped()) return;
    const timer = setTimeout(() => void this.#connect(), this.#retryMs * (0.75 + Math.random() / 2));
    timer.unref();
    this.#state = { kind: 'waiting', timer };
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }
}
