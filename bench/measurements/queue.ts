import type { QueueResponse, SongResponse } from '@/lib/shared/contract/queue';
import { setTimeout as delay } from 'node:timers/promises';
import { songKey } from '@/lib/shared/rules/song-identity';
import type { RoomSnapshot } from '@/lib/shared/contract/snapshot';
import { catalogue } from '@/simulator/catalogue/catalogue';
import type { Deployment } from '@/testing/deployments/deployment';
import { BareStreams, type FanOut, pauseMs, summary } from '@/bench/bare-streams';
import { gather, look, type Crowd } from '@/bench/party';
import { type Measurement, ms, type Row, times } from '@/bench/row';
import { Screens } from '@/bench/screens';
import { letGuestsVote, letSongsWait } from '@/bench/waiting-songs';

const guests = 100;
const songs = 200;
const adds = 60;
const votedSongs = 20;

/** What a snapshot may be, in bytes: every screen gets one with every change. */
const limitBytes = 65_536;

interface Song {
  readonly uri: string;
}

/** Songs that Spotify knows, none of them a version of another. */
function songsToAdd(): readonly Song[] {
  const found = new Map<string, Song>();
  for (const { uri, name, artists, playable } of catalogue.tracks) {
    const key = songKey({ name, artists: artists.map((artist) => artist.name) });
    if (playable && !found.has(key)) found.set(key, { uri });
  }
  return [...found.values()];
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

interface Adds {
  readonly room: FanOut;
  /** The same bytes to as many bare streams. */
  readonly bare: FanOut;
}

/**
 * One guest after the other adds the last song that fits, and takes it out again; from the press to each screen. After each of them the
 * bare streams have their turn, so that whatever else the machine does hits both alike.
 */
async function addSongs(party: Crowd, url: string, baseline: string, screens: Screens): Promise<Adds> {
  const known = songsToAdd();
  const streams = await BareStreams.open(baseline, guests);
  const rounds: (readonly number[])[] = [];
  const bareRounds: (readonly number[])[] = [];
  let bytes = 0;
  for (let round = 0; round < adds; round += 1) {
    const guest = party.guests[(round * 7) % party.guests.length] ?? party.host;
    const before = screens.version;
    const started = performance.now();
    const answer = guest.send<SongResponse>('POST', `${url}${party.path}/queue`, {
      json: { uri: known[round % known.length]?.uri },
    });
    const version = await screens.shows((snapshot) => snapshot.version > before && snapshot.queueCount === songs);
    rounds.push((await screens.arrivals(version)).map((at) => at - started));
    bytes = bytesOf(screens.snapshot());
    const { status, body } = await answer;
    if (status !== 201) throw new Error(`A song was refused: ${status}`);
    const taken = await guest.send('DELETE', `${url}${party.path}/queue/${body.item.id}`);
    if (taken.status !== 204) throw new Error(`A song was not taken out: ${taken.status}`);
    await screens.shows(({ queueCount }) => queueCount === songs - 1);
    await delay(pauseMs);
    bareRounds.push(await streams.send(bytes));
    await delay(pauseMs);
  }
  streams.close();
  return { room: summary(rounds, bytes), bare: summary(bareRounds, bytes) };
}

/** The size of the snapshot as it is now, and whether all songs can be had beside it. */
async function sizeRow(what: string, party: Crowd, url: string): Promise<Row> {
  const { snapshot }: { readonly snapshot: RoomSnapshot } = await look(url, party.host, party);
  const { body: list } = await party.host.send<QueueResponse>('GET', `${url}${party.path}/queue`);
  const bytes = bytesOf(snapshot);
  const different = new Set(list.queue.map(({ track }) => track.uri)).size;
  return {
    what: `${what}: its snapshot (${snapshot.queue.length} songs in it, \`queueCount\` ${snapshot.queueCount})`,
    measured: `${bytes} bytes`,
    baseline: `${bytesOf(list)} bytes \`GET …/queue\`, ${different} songs`,
    ratio: times(bytes / bytesOf(list)),
    bar: `≤ ${limitBytes} bytes, ${songs} songs in \`GET …/queue\``,
    holds: bytes <= limitBytes && snapshot.queueCount === songs && different === songs,
  };
}

/** A full queue: how soon a song more is on all screens, and how large that makes what they get. */
export async function measureQueue(deployment: Deployment, baseline: string): Promise<Measurement> {
  const url = deployment.url(0);
  const party = await gather(deployment, 'queue', guests + 1);
  // Paused, so that nothing leaves the queue meanwhile.
  await deployment.control.press(party.account, { press: 'pause' });
  await letSongsWait(deployment, party.code, 1, songs - 1);
  const screens = await Screens.open(
    party.guests.map(({ headers }) => ({ url: `${url}${party.path}/events`, headers })),
  );
  await screens.shows(
    ({ playback, presentCount, queueCount }) =>
      playback.status === 'paused' && presentCount >= guests && queueCount === songs - 1,
  );
  await delay(1_500);
  const { room, bare } = await addSongs(party, url, baseline, screens);
  screens.close();
  await letSongsWait(deployment, party.code, songs, songs);
  const rename = (name: string) => party.host.send('PATCH', `${url}${party.path}`, { json: { name } });
  await rename('Full');
  const full = `A room with ${songs} songs and ${guests} guests`;
  const plainSize = await sizeRow(full, party, url);
  await letGuestsVote(deployment, party.code, votedSongs);
  await rename('Wanted');
  const votedSize = await sizeRow(`${full}, ${guests} votes on each of ${votedSongs}`, party, url);
  return {
    rows: [
      {
        what: `A song added by a guest to ${songs - 1} that wait → on ${guests} screens, p95 of ${adds} (last screen ${ms(room.last)}; ${room.bytes} bytes)`,
        measured: ms(room.p95),
        baseline: `${ms(bare.p95)} bare event stream`,
        ratio: times(room.p95 / bare.p95),
        bar: '≤ 150 ms',
        holds: room.p95 <= 150,
      },
      plainSize,
      votedSize,
    ],
  };
}
