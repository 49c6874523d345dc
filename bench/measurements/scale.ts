import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Deployment } from '@/testing/deployments/deployment';
import { each } from '@/bench/each';
import { gather, type Crowd, screensOf } from '@/bench/party';
import { processFigures } from '@/bench/process-figures';
import type { Measurement, Row } from '@/bench/row';
import type { Screens } from '@/bench/screens';

const roomCounts = [10, 50, 100, 200];
const guestsPerRoom = 5;
const guestCounts = [100, 300, 1_000];
const instanceCounts = [1, 2, 3];
const windowMs = 10_000;

/** What a deployment did in a while. */
interface Load {
  /** Milliseconds computed per second by all its instances. */
  readonly cpu: number;
  /** Transactions per second in PostgreSQL. */
  readonly transactions: number;
  /** Connections to PostgreSQL at the end. */
  readonly connections: number;
  /** Calls to Spotify per minute. */
  readonly calls: number;
}

async function databaseFigures(deployment: Deployment): Promise<{ transactions: number; connections: number }> {
  const client = new pg.Client({ connectionString: deployment.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ transactions: number; connections: number }>(
      `SELECT (xact_commit + xact_rollback)::float8 AS "transactions", numbackends - 1 AS "connections"
       FROM pg_stat_database WHERE datname = current_database()`,
    );
    return rows[0] ?? { transactions: 0, connections: 0 };
  } finally {
    await client.end();
  }
}

async function cpuMillis(urls: readonly string[]): Promise<number> {
  const figures = await Promise.all(urls.map(processFigures));
  return figures.reduce((sum, { cpuMicros }) => sum + cpuMicros / 1_000, 0);
}

/** Lets it run for a while, with whatever `meanwhile` does once a second. */
async function loadOf(
  deployment: Deployment,
  urls: readonly string[],
  meanwhile: (second: number) => Promise<void> = () => Promise.resolve(),
): Promise<Load> {
  const seconds = windowMs / 1_000;
  await deployment.control.clearCalls();
  const [cpu, database] = [await cpuMillis(urls), await databaseFigures(deployment)];
  for (let second = 0; second < seconds; second += 1) {
    const next = delay(1_000);
    await meanwhile(second);
    await next;
  }
  const after = await databaseFigures(deployment);
  return {
    cpu: ((await cpuMillis(urls)) - cpu) / seconds,
    transactions: (after.transactions - database.transactions) / seconds,
    connections: after.connections,
    calls: (await deployment.control.calls()).length * (60 / seconds),
  };
}

/** The line that fits best: what one more of them costs. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const rise = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return rise / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

const rounded = (value: number): string => (Math.abs(value) < 10 ? value.toFixed(2) : String(Math.round(value)));

function row(what: string, counts: readonly number[], values: readonly number[], unit: string, per: string): Row {
  const points = counts.map((count, index) => [count, values[index] ?? Number.NaN] as const);
  return {
    what: `${what}, ${counts.join(', ')}`,
    measured: values.map(rounded).join(', ') + ` ${unit}`,
    baseline: '',
    ratio: `${rounded(slope(points))} ${unit} ${per}`,
    bar: 'none',
    holds: true,
  };
}

interface OpenRoom {
  readonly party: Crowd;
  readonly screens: Screens;
}

async function openRooms(
  deployment: Deployment,
  label: string,
  count: number,
  urls: readonly string[],
): Promise<readonly OpenRoom[]> {
  return each(count, async (index) => {
    const party = await gather(deployment, `${label}-${index}`, guestsPerRoom + 1);
    const screens = await screensOf(party, urls);
    await screens.shows(({ playback }) => playback.track !== null, 60_000);
    return { party, screens };
  });
}

async function endRooms(deployment: Deployment, rooms: readonly OpenRoom[]): Promise<void> {
  for (const { screens } of rooms) screens.close();
  await each(rooms.length, async (index) => {
    const party = rooms[index]?.party;
    if (party !== undefined) await party.host.send('DELETE', `${deployment.url(0)}${party.path}`);
  });
}

async function overRooms(deployment: Deployment): Promise<readonly Row[]> {
  const urls = [deployment.url(0)];
  const loads: Load[] = [];
  const open: OpenRoom[] = [];
  for (const count of roomCounts) {
    open.push(...(await openRooms(deployment, `rooms-${count}`, count - open.length, urls)));
    await delay(5_000);
    loads.push(await loadOf(deployment, urls));
  }
  await endRooms(deployment, open);
  const what = `quiet rooms with ${guestsPerRoom} guests each, one instance`;
  return [
    row(
      `CPU of ${what}`,
      roomCounts,
      loads.map(({ cpu }) => cpu),
      'ms/s',
      'a room',
    ),
    row(
      `PostgreSQL transactions of ${what}`,
      roomCounts,
      loads.map(({ transactions }) => transactions),
      '/s',
      'a room',
    ),
    row(
      `Spotify calls of ${what}`,
      roomCounts,
      loads.map(({ calls }) => calls),
      '/min',
      'a room',
    ),
  ];
}

async function overGuests(deployment: Deployment): Promise<Row> {
  const url = deployment.url(0);
  const costs: number[] = [];
  for (const count of guestCounts) {
    const party = await gather(deployment, `guests-${count}`, count);
    const screens = await screensOf(party, [url]);
    await delay(5_000);
    const quiet = await loadOf(deployment, [url]);
    const busy = await loadOf(deployment, [url], async (second) => {
      await party.host.send('PATCH', `${url}${party.path}`, { json: { votesToSkip: 2 + second } });
    });
    costs.push(busy.cpu - quiet.cpu);
    screens.close();
    await party.host.send('DELETE', `${url}${party.path}`);
  }
  return row('CPU of one change on the screens of guests in one room', guestCounts, costs, 'ms', 'a guest');
}

async function overInstances(deployment: Deployment): Promise<readonly Row[]> {
  const rooms = 50;
  const loads: Load[] = [];
  for (const count of instanceCounts) {
    const urls = deployment.urls.slice(0, count);
    const open = await openRooms(deployment, `instances-${count}`, rooms, urls);
    await delay(5_000);
    loads.push(await loadOf(deployment, urls));
    await endRooms(deployment, open);
  }
  const what = `${rooms} quiet rooms whose guests are spread over instances`;
  return [
    row(
      `CPU of ${what}`,
      instanceCounts,
      loads.map(({ cpu }) => cpu),
      'ms/s',
      'an instance',
    ),
    row(
      `PostgreSQL transactions of ${what}`,
      instanceCounts,
      loads.map(({ transactions }) => transactions),
      '/s',
      'an instance',
    ),
    row(
      `PostgreSQL connections of ${what}`,
      instanceCounts,
      loads.map(({ connections }) => connections),
      '',
      'an instance',
    ),
    row(
      `Spotify calls of ${what}`,
      instanceCounts,
      loads.map(({ calls }) => calls),
      '/min',
      'an instance',
    ),
  ];
}

/** What grows with rooms, guests and instances, and by how much each. No bars: docs/scale.md says what follows. */
export async function measureScale(deployment: Deployment): Promise<Measurement> {
  return {
    rows: [...(await overRooms(deployment)), await overGuests(deployment), ...(await overInstances(deployment))],
  };
}
