import 'server-only';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import packageJson from '@/package.json';
import { type Figures, readFigures } from './db/figures';
import { getPool } from './db/connection/pool';
import { busDatabase } from './db/room-versions';
import { getRoomBus } from './events/room-bus';
import { getRoomWatchers } from './player/watch/room-watchers';
import { countStreams } from './rooms/live/room-streams';
import { getEnv } from './runtime/env';
import { logWorkFailure } from './runtime/log-failure';
import { metrics } from './runtime/metrics';
import { perProcess } from './runtime/per-process';

/** A figure as it is now; several values have one label. */
function show(registry: Registry, name: string, help: string, value: number): void;
function show(
  registry: Registry,
  name: string,
  help: string,
  values: Readonly<Record<string, number>>,
  by: string,
): void;
function show(
  registry: Registry,
  name: string,
  help: string,
  value: number | Readonly<Record<string, number>>,
  by?: string,
): void {
  const gauge = new Gauge({ name, help, labelNames: by === undefined ? [] : [by], registers: [registry] });
  if (typeof value === 'number') gauge.set(value);
  else for (const [label, figure] of Object.entries(value)) gauge.set({ [by ?? '']: label }, figure);
}

function showInstance(now: Registry): void {
  const pool = getPool();
  show(
    now,
    'roomtone_build_info',
    'Always 1; the label says which version this instance is',
    { [packageJson.version]: 1 },
    'version',
  );
  show(now, 'roomtone_streams', 'Event streams that are open on this instance', countStreams());
  show(now, 'roomtone_watchers', 'Rooms that this instance watches, or waits to watch', getRoomWatchers().size);
  show(
    now,
    'roomtone_listener_hearing',
    '1 while announcements of changes reach this instance',
    getRoomBus(busDatabase).hearing ? 1 : 0,
  );
  const connections = { idle: pool.idleCount, busy: pool.totalCount - pool.idleCount };
  show(now, 'roomtone_pool_connections', 'Connections of this instance to the database', connections, 'state');
  show(now, 'roomtone_pool_waiting', 'Queries and transactions that wait for a connection now', pool.waitingCount);
}

/** What is true of all instances together; each of them shows the same. */
function showFigures(now: Registry, figures: Figures): void {
  show(now, 'roomtone_rooms', 'Live rooms by what their player does', figures.rooms, 'state');
  show(now, 'roomtone_members_present', 'Members that are in their rooms now', figures.members);
  show(now, 'roomtone_songs_waiting', 'Songs that wait in the queues of live rooms', figures.waitingSongs);
  show(now, 'roomtone_leases', 'Rooms that some instance watches', figures.leases);
  show(now, 'roomtone_spotify_calls_day', 'Calls to the Web API of Spotify in the last 24 hours', figures.callsPerDay);
  show(
    now,
    'roomtone_spotify_calls_day_limit',
    'Calls that this deployment allows itself in 24 hours',
    getEnv().spotifyCallsPerDay,
  );
  show(
    now,
    'roomtone_spotify_blocked_seconds',
    'Until Spotify takes calls again; 0 when it does',
    figures.blockedSeconds,
  );
  show(now, 'roomtone_rooms_overdue', 'Rooms that the housekeeping should have ended or deleted', figures.overdueRooms);
}

async function tryFigures(): Promise<Figures | null> {
  try {
    return await readFigures();
  } catch (error) {
    logWorkFailure('figures', error);
    return null;
  }
}

/** What `METRICS_TOKEN` says; null where nobody may ask. */
export function metricsToken(): string | null {
  return getEnv().metricsToken;
}

/**
 * Everything that is counted and measured, as Prometheus reads it. With the database away, the figures of all instances are left out, and
 * `roomtone_database_up` is 0.
 */
export async function scrape(): Promise<{ readonly text: string; readonly contentType: string }> {
  const { registry } = metrics();
  // The process's own figures cost a timer, which nobody who does not ask should pay.
  perProcess('process-metrics', () => collectDefaultMetrics({ register: registry }));
  const now = new Registry();
  showInstance(now);
  const figures = await tryFigures();
  show(now, 'roomtone_database_up', '1 when the database answered just now', figures === null ? 0 : 1);
  if (figures !== null) showFigures(now, figures);
  return { text: `${await registry.metrics()}\n${await now.metrics()}`, contentType: registry.contentType };
}
