import { getDb } from '@/lib/server/db/connection/client';
import { beginSong, endPlayingSong, passSong, type SongEnd, startPlay } from '@/lib/server/db/plays';
import { insertSong } from '@/lib/server/db/queue';
import { toTrack } from '@/lib/server/spotify/playback';
import { songKey } from '@/lib/shared/rules/song-identity';
import type { Track } from '@/lib/shared/contract/snapshot';
import { requireTrack } from '@/simulator/catalogue/catalogue';

/** A song of the simulator as our screens show it. */
export function trackOf(title: string): Track {
  const { uri, id, name, durationMs, explicit, artists } = requireTrack(title);
  return toTrack({ type: 'track', uri, id, name, duration_ms: durationMs, explicit, artists: [...artists] });
}

const begun = { turn: null, round: 0 };

/** Lets things have played in a room, as the engine writes them down, without waiting for them. */
export class PlayedRecord {
  readonly #roomId: string;

  constructor(roomId: string) {
    this.#roomId = roomId;
  }

  /** Something that nobody in the room asked for. @returns the play's id */
  play(track: Track): Promise<string> {
    return startPlay(getDb(), this.#roomId, track);
  }

  /** A song of the queue begins. @returns the play's id */
  async song(track: Track, memberId: string): Promise<string> {
    const itemId = await this.#add(track, memberId);
    const playId = await this.play(track);
    await beginSong(getDb(), this.#roomId, itemId, playId, begun);
    return playId;
  }

  /** The song of the queue that is on ends. */
  end(how: SongEnd): Promise<void> {
    return endPlayingSong(getDb(), this.#roomId, how);
  }

  /** A song of the queue passes that nobody sees playing. @returns the item's id */
  async pass(track: Track, memberId: string, how: SongEnd): Promise<string> {
    const itemId = await this.#add(track, memberId);
    await passSong(getDb(), this.#roomId, itemId, how, begun);
    return itemId;
  }

  #add(track: Track, memberId: string): Promise<string> {
    return insertSong(getDb(), this.#roomId, { memberId, track, songKey: songKey(track), state: 'queued' });
  }
}
