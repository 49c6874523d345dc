import { useMemo } from 'react';
import type { BlockInput, BlockResponse } from '@/lib/shared/contract/blocks';
import type { RoomStore } from '@/lib/client/room/room-store';
import { useRoomStore } from '@/lib/client/room/use-room';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';
import { useUndo } from '@/app/room/[code]/_components/notices/undo';

/** What can be done with a waiting song; who may is up to who calls. */
export interface SongActions {
  readonly removeSong: (item: QueueItemDto) => Promise<void>;
  readonly approveSong: (item: QueueItemDto) => Promise<void>;
  readonly playSong: (item: QueueItemDto) => Promise<void>;
  /** @param beforeId null for the end; @param nextId what it stands before now */
  readonly moveSong: (item: QueueItemDto, beforeId: string | null, nextId: string | null) => Promise<void>;
  readonly unpinSong: (item: QueueItemDto, nextId: string | null) => Promise<void>;
  readonly block: (input: BlockInput, name: string) => Promise<void>;
}

type OfferUndo = ReturnType<typeof useUndo>;

function songsLeft(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' One song left the queue.' : ` ${count} songs left the queue.`;
}

function actionsOf(store: RoomStore, offerUndo: OfferUndo): SongActions {
  const move = (id: string, beforeId: string | null) => store.run((api) => api.moveSong(id, beforeId));
  const unpin = (id: string) => store.run((api) => api.unpinSong(id));
  return {
    removeSong: async ({ id, track }) => {
      if (!(await store.runOnSong(id, { gone: true }, (api) => api.removeSong(id)))) return;
      offerUndo(`Taken out: ${track.name}.`, () => store.runOnSong(id, { gone: false }, (api) => api.restoreSong(id)));
    },
    approveSong: async ({ id }) => void (await store.run((api) => api.approveSong(id))),
    playSong: async ({ id }) => void (await store.run((api) => api.playSong(id))),
    moveSong: async (item, beforeId, nextId) => {
      if (!(await move(item.id, beforeId))) return;
      const back = () => (item.moved === true ? move(item.id, nextId) : unpin(item.id));
      offerUndo(`Moved: ${item.track.name}.`, back);
    },
    unpinSong: async (item, nextId) => {
      if (await unpin(item.id)) offerUndo(`Votes decide again about ${item.track.name}.`, () => move(item.id, nextId));
    },
    block: async (input, name) => {
      const blocked: BlockResponse[] = [];
      await store.run(async (api) => blocked.push(await api.block(input)));
      for (const { block, removed } of blocked)
        offerUndo(`Blocked: ${name}.${songsLeft(removed)}`, () => store.run((api) => api.unblock(block.id)));
    },
  };
}

/** The actions of the person at this page; each says what it did, with a way back where there is one. */
export function useSongActions(): SongActions {
  const store = useRoomStore();
  const offerUndo = useUndo();
  return useMemo(() => actionsOf(store, offerUndo), [store, offerUndo]);
}
