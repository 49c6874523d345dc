import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import type { AppClient } from './app-client';
import type { Person } from './person';
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

/** Makes a room through the API. */
export async function hostRoom<Host extends Person>(host: Host, input: object = {}): Promise<TestRoom<Host>> {
  const { status, body } = await host.post('/api/rooms', input);
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
  const { status, body } = await guest.post(`${path}/members`, { name });
  if (status !== 200 && status !== 201) throw new Error(`${name} could not join: ${status}`);
  return Object.assign(guest, { memberId: String(body.member.id) });
}

/** What everybody in the room sees. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
export async function snapshotOf({ host, path }: TestRoom<Person>): Promise<any> {
  return (await host.get(path)).body.snapshot;
}
