import type { RoomView } from '@/lib/shared/contract/snapshot';
import type { Deployment } from '@/testing/deployments/deployment';
import { enter, hostParty, type Party } from '@/testing/people/party';
import { Person } from '@/testing/people/person';
import { each } from './each';
import { Screens } from './screens';

/** A party on a deployment, and its guests. */
export interface Crowd extends Party<Person> {
  readonly guests: readonly Person[];
}

/** Makes a party with so many people in it, the host included, who joined through all instances by turns. */
export async function gather(deployment: Deployment, account: string, people: number): Promise<Crowd> {
  await deployment.control.addAccount({ key: account, displayName: account });
  const settings = { guestsCanPause: true, votesToSkip: 100 };
  const party = await hostParty(new Person(deployment.url(0)), account, settings);
  const guests = await each(people - 1, (index) =>
    enter(party.path, new Person(deployment.url(index % deployment.urls.length)), `Guest ${index + 1}`),
  );
  return { ...party, guests };
}

/** What a member sees now. */
export async function look(url: string, person: Person, party: Crowd): Promise<RoomView> {
  const { status, body } = await person.send<RoomView>('GET', `${url}${party.path}`);
  if (status !== 200) throw new Error(`The room could not be read: ${status}`);
  return body;
}

/** Opens everybody's stream, spread over these instances. */
export function screensOf(party: Crowd, urls: readonly string[]): Promise<Screens> {
  const targets = [party.host, ...party.guests].map(({ headers }, index) => ({
    url: `${urls[index % urls.length]}${party.path}/events`,
    headers,
  }));
  return Screens.open(targets);
}
