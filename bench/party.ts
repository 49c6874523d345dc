import type { RoomResponse } from '@/lib/shared/contract/rooms';
import type { RoomView } from '@/lib/shared/contract/snapshot';
import type { Deployment } from '@/testing/deployment';
import { Person } from '@/testing/person';
import { each } from './each';
import { Screens } from './screens';

/** A room with its host connected to a Spotify account of its own, and its guests. */
export interface Party {
  readonly host: Person;
  readonly guests: readonly Person[];
  readonly code: string;
  /** Its path below an instance's address. */
  readonly path: string;
  readonly account: string;
}

/** Makes a room with so many people in it, the host included, who joined through all instances by turns. */
export async function gather(deployment: Deployment, account: string, people: number): Promise<Party> {
  const [appUrl = ''] = deployment.urls;
  await deployment.control.addAccount({ key: account, displayName: account });
  const host = new Person(appUrl);
  const made = await host.send<RoomResponse>('POST', `${appUrl}/api/rooms`, {
    guestsCanPause: true,
    votesToSkip: 100,
  });
  const path = `/api/rooms/${made.body.room.code}`;
  await host.logIn(account);
  const guests = await each(people - 1, async (index) => {
    const guest = new Person(appUrl);
    const url = deployment.url(index % deployment.urls.length);
    const { status } = await guest.send('POST', `${url}${path}/members`, { name: `Guest ${index + 1}` });
    if (status !== 201) throw new Error(`Guest ${index + 1} could not join: ${status}`);
    return guest;
  });
  return { host, guests, code: made.body.room.code, path, account };
}

/** What a member sees now. */
export async function look(url: string, person: Person, party: Party): Promise<RoomView> {
  const { status, body } = await person.send<RoomView>('GET', `${url}${party.path}`);
  if (status !== 200) throw new Error(`The room could not be read: ${status}`);
  return body;
}

/** Opens everybody's stream, spread over these instances. */
export function screensOf(party: Party, urls: readonly string[]): Promise<Screens> {
  const targets = [party.host, ...party.guests].map(({ headers }, index) => ({
    url: `${urls[index % urls.length]}${party.path}/events`,
    headers,
  }));
  return Screens.open(targets);
}
