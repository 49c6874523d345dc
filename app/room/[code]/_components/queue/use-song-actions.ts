'use client';

import { useMemo } from 'react';
import { api, type BlockInput } from '@/lib/client/api-client';
import type { RoomStore } from '@/lib/client/room/room-store';
import { useRoomStore } from '@/lib/client/room/use-room';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { useOffer } from '@/app/room/[code]/_components/notices/undo';

/** What can be done with a waiting song; who may is up to who calls. */
export interface SongActions {
  readonly takeOut: (item: QueueItemDto) => Promise<void>;
  readonly approve: (item: QueueItemDto) => Promise<void>;
  readonly playNow: (item: QueueItemDto) => Promise<void>;
  /** @param beforeId null for the end; @param nextId what it stands before now */
  readonly move: (item: QueueItemDto, beforeId: string | null, nextId: string | null) => Promise<void>;
  readonly letGo: (item: QueueItemDto, nextId: string | null) => Promise<void>;
  readonly block: (input: BlockInput, name: string) => Promise<void>;
}

type Offer = ReturnType<typeof useOffer>;

function songsLeft(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' One song left the queue.' : ` ${count} songs left the queue.`;
}

function actionsOf(store: RoomStore, offer: Offer): SongActions {
  const code = (): string => store.getState().snapshot.room.code;
  const put = (id: string, beforeId: string | null) => store.run(() => api.moveSong(code(), id, beforeId));
  const release = (id: string) => store.run(() => api.unpinSong(code(), id));
  return {
    takeOut: async ({ id, track }) => {
      if (!(await store.runOnSong(id, { gone: true }, () => api.removeSong(code(), id)))) return;
      offer(`Taken out: ${track.name}.`, () => store.runOnSong(id, { gone: false }, () => api.restoreSong(code(), id)));
    },
    approve: async ({ id }) => void (await store.run(() => api.approveSong(code(), id))),
    playNow: async ({ id }) => void (await store.run(() => api.playSong(code(), id))),
    move: async (item, beforeId, nextId) => {
      if (!(await put(item.id, beforeId))) return;
      const back = () => (item.moved === true ? put(item.id, nextId) : release(item.id));
      offer(`Moved: ${item.track.name}.`, back);
    },
    letGo: async (item, nextId) => {
      if (await release(item.id)) offer(`Votes decide again about ${item.track.name}.`, () => put(item.id, nextId));
    },
    block: async (input, name) => {
      const answers: Awaited<ReturnType<typeof api.block>>[] = [];
      await store.run(async () => answers.push(await api.block(code(), input)));
      for (const { block, removed } of answers)
        offer(`Blocked: ${name}.${songsLeft(removed)}`, () => store.run(() => api.unblock(code(), block.id)));
    },
  };
}

/** The actions of the person at this page; each says what it did, with a way back where there is one. */
export function useSongActions(): SongActions {
  const store = useRoomStore();
  const offer = useOffer();
  return useMemo(() => actionsOf(store, offer), [store, offer]);
}
