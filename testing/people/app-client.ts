import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { randomInt } from 'node:crypto';
import { dispatch } from './app-routes';
import { enter, hostParty, hostRoom, type Party, type TestRoom } from './party';
import { Person } from './person';

export const origin = 'http://127.0.0.1:3000';

/** An address of the network that is set aside for measurements. */
function someAddress(): string {
  return `198.${randomInt(18, 20)}.${randomInt(256)}.${randomInt(256)}`;
}

/** A person whose requests the app's code in this process answers, without a network; they come from an address. */
export class AppClient extends Person {
  readonly address: string;

  /** @param address by default one of nobody else's: limits are counted by it */
  constructor(address = someAddress()) {
    super(origin);
    this.address = address;
  }

  override get headers(): Readonly<Record<string, string>> {
    return { host: '127.0.0.1:3000', 'x-forwarded-for': this.address, ...super.headers };
  }

  protected override carry(url: string, init: RequestInit): Promise<Response> {
    return dispatch(new Request(url, init));
  }
}

/** A room in this process. */
export function makeRoom(input: object = {}): Promise<TestRoom> {
  return hostRoom(new AppClient(), input);
}

/** A room in this process whose host has connected a Spotify account that belongs to this test alone. */
export async function makeParty(
  spotify: { account(): Promise<string> },
  input: object = {},
  right?: SpotifyRight,
): Promise<Party> {
  return hostParty(new AppClient(), await spotify.account(), input, right);
}

/** Somebody new in a room in this process. */
export function join(room: TestRoom, name = 'Bob'): Promise<AppClient & { memberId: string }> {
  return enter(room.path, new AppClient(), name);
}
