import { createHash } from 'node:crypto';
import pg from 'pg';
import { songKey } from '@/lib/shared/rules/song-identity';
import type { Track } from '@/lib/shared/contract/snapshot';
import { idFor } from '@/simulator/catalogue/ids';
import type { Deployment } from '@/testing/deployments/deployment';

/** As songs are called: short and long, with versions, guests and other scripts. Each is one more song by its number. */
const titles = [
  'Kite',
  'Some Things That Were Said on the Stairs',
  'Harbour Street (feat. The Long Hum) - 2011 Remaster',
  'Nachtzug nach Überall',
  '夜の短波放送',
  'All My Friends Have Left the Kitchen',
  'رسالة بلا عنوان',
  'Don’t Tell the Neighbours - Live at the Boathouse, 1998',
];
const artists = [
  ['Ada Quill'],
  ['Harbour Lights Committee', 'Moth & Meridian'],
  ['Ólafur Tin'],
  ['The Fern Assembly', 'Wren & the Receivers', 'Isobar Choir'],
];
const albums = ['Paper Planets', 'A Room with Everyone in It (Deluxe Edition)', 'Night Bus Studies'];

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('There is nothing to choose from.');
  return found;
};

/** A song that no catalogue has, with addresses as long as Spotify's. */
function inventTrack(number: number): Track {
  const id = idFor(`waiting song ${number}`);
  return {
    uri: `spotify:track:${id}`,
    id,
    kind: 'track',
    name: `${number} ${at(titles, number)}`,
    artists: at(artists, number),
    album: at(albums, number),
    artworkUrl: `https://i.scdn.co/image/${createHash('sha1').update(id).digest('hex')}`,
    durationMs: 120_000 + number * 613,
    explicit: number % 7 === 0,
    url: `https://open.spotify.com/track/${id}`,
  };
}

async function inDatabase(deployment: Deployment, text: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: deployment.databaseUrl });
  await client.connect();
  try {
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

/**
 * Lets the invented songs with these numbers wait in a room, added by its guests by turns. Written past the app, because the simulated
 * catalogue has fewer; nobody is told before the room's next change.
 */
export function letSongsWait(deployment: Deployment, code: string, first: number, last: number): Promise<void> {
  const songs = Array.from({ length: last - first + 1 }, (_, index) => {
    const place = first + index;
    const track = inventTrack(place);
    return { place, uri: track.uri, songKey: songKey(track), track };
  });
  return inDatabase(
    deployment,
    `WITH guest AS (
       SELECT m."id", m."roomId", row_number() OVER (ORDER BY m."joinedAt", m."id") - 1 AS "place", count(*) OVER () AS "guests"
       FROM "Member" m JOIN "Room" r ON r."id" = m."roomId" WHERE r."code" = $1 AND m."role" = 'guest')
     INSERT INTO "QueueItem" ("id", "roomId", "memberId", "uri", "songKey", "track", "state")
     SELECT gen_random_uuid(), guest."roomId", guest."id", song."uri", song."songKey", song."track", 'queued'
     FROM jsonb_to_recordset($2::jsonb) AS song("place" int, "uri" text, "songKey" text, "track" jsonb)
     JOIN guest ON guest."place" = song."place" % guest."guests" ORDER BY song."place"`,
    [code, JSON.stringify(songs)],
  );
}

/** Lets every guest vote for the oldest waiting songs; nobody is told before the room's next change. */
export function letGuestsVote(deployment: Deployment, code: string, songs: number): Promise<void> {
  return inDatabase(
    deployment,
    `INSERT INTO "QueueVote" ("itemId", "memberId", "value")
     SELECT song."id", m."id", 1 FROM "Room" r JOIN "Member" m ON m."roomId" = r."id" AND m."role" = 'guest'
     CROSS JOIN LATERAL (SELECT "id" FROM "QueueItem" WHERE "roomId" = r."id" AND "state" = 'queued' ORDER BY "number" LIMIT $2) song
     WHERE r."code" = $1`,
    [code, songs],
  );
}
