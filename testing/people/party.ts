import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppClient } from './app-client';
import type { Answer, Person } from './person';
import { logIn } from './spotify-login';

/** A room, its host, and where it is. */
export interface TestRoom<Host extends Person = AppClient> {
  readonly host: Host;
  readonly code: string;
  /** Its path in the API. */
  readonly path: string;
}

/** A room whose host has a Spotify account of its own. */
export interface Party<Host extends Person = AppClient> extends TestRoom<Host> {
  /** The account's key at the simulator. */
  readonly account: string;
}

/** How long people try who are told that the app is not available right now, in ms. */
const patienceMs = 15_000;

/**
 * Posts as people do who are there before the test begins: told to come back (503), they do. A starved machine may not get them a
 * connection to the database in the time that a request has.
 */
async function postPatiently(person: Person, path: string, body: object): Promise<Answer> {
  for (const deadline = Date.now() + patienceMs; ;) {
    const answer = await person.post(path, body);
    if (answer.status !== 503 || Date.now() > deadline) return answer;
    await delay(Number(answer.headers.get('retry-after') ?? '1') * 1_000);
  }
}

/** Makes a room through the API. */
export async function hostRoom<Host extends Person>(host: Host, input: object = {}): Promise<TestRoom<Host>> {
  const { status, body } = await postPatiently(host, '/api/rooms', input);
  if (status !== 201) throw new Error(`The room was not made: ${status}`);
  const code: string = body.room.code;
  return { host, code, path: `/api/rooms/${code}` };
}

/** Makes a room whose host connects this account. */
export async function hostParty<Host extends Person>(
  host: Host,
  account: string,
  input: object = {},
  right?: SpotifyRight,
): Promise<Party<Host>> {
  const room = await hostRoom(host, input);
  const target = await logIn(host, account, '/', right);
  if (!target.includes('spotify=connected')) throw new Error(`The login went wrong: ${target}`);
  return { ...room, account };
}

/** Lets this person into a room. */
export async function enter<Guest extends Person>(
  path: string,
  guest: Guest,
  name: string,
): Promise<Guest & { memberId: string }> {
  const { status, body } = await postPatiently(guest, `${path}/members`, { name });
  if (status !== 200 && status !== 201) throw new Error(`${name} could not join: ${status}`);
  return Object.assign(guest, { memberId: String(body.member.id) });
}

/** What everybody in the room sees. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
export async function snapshotOf({ host, path }: TestRoom<Person>): Promise<any> {
  return (await host.get(path)).body.snapshot;
}
