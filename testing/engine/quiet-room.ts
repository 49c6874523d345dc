import { songKey } from '@/lib/shared/rules/song-identity';
import { catalogue } from '@/simulator/catalogue/catalogue';
import { type AppClient, makeParty } from '@/testing/people/app-client';
import { type Party, snapshotOf, type TestRoom } from '@/testing/people/party';
import type { Answer } from '@/testing/people/person';
import type { setUpSimulator } from './set-up-simulator';

/** Songs that are different ones to everybody: one of each title, playable, not explicit. */
export const songs = catalogue.tracks.filter(
  (track, index, all) =>
    track.playable &&
    !track.explicit &&
    all.findIndex(
      (other) => songKey({ name: other.name, artists: other.artists.map(({ name }) => name) }) === keyOf(track),
    ) === index,
);

export function keyOf(track: (typeof catalogue.tracks)[number]): string {
  return songKey({ name: track.name, artists: track.artists.map(({ name }) => name) });
}

export const uriOf = (index: number): string => songs[index]?.uri ?? '';

/** Makes rooms whose music is paused, so that nothing of their queue plays meanwhile. */
export function quietRooms(spotify: ReturnType<typeof setUpSimulator>) {
  return async (settings: object = {}): Promise<Party> => {
    const room = await makeParty(spotify);
    await room.host.post(`${room.path}/playback/pause`);
    if (Object.keys(settings).length > 0) await patch(room, settings);
    return room;
  };
}

export const add = (client: AppClient, room: TestRoom, uri: string) => client.post(`${room.path}/queue`, { uri });
export const vote = (client: AppClient, room: TestRoom, id: string, value: number) =>
  client.send('PUT', `${room.path}/queue/${id}/vote`, { json: { value } });
export const remove = (client: AppClient, room: TestRoom, id: string) =>
  client.send('DELETE', `${room.path}/queue/${id}`);
export const queueOf = async (room: TestRoom): Promise<string[]> =>
  (await snapshotOf(room)).queue.map(({ track }: { track: { uri: string } }) => track.uri);
export const idOf = (answer: Answer): string => answer.body.item.id;
export const patch = (room: TestRoom, json: object) => room.host.send('PATCH', room.path, { json });
