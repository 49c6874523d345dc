import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '@/lib/client/api-error';
import { optimisticQueue } from '@/lib/client/room/optimistic-queue';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';

/** Between two readings of the whole queue, in ms: a lively room changes more often than anybody reads to its end. */
const pauseMs = 2_000;

interface LoadedQueue {
  readonly version: number;
  readonly queue: readonly QueueItemDto[];
  /** The ids that the snapshot had then: what has left it since has begun, or will be in the next reading. */
  readonly head: readonly string[];
}

const unread: LoadedQueue = { version: -1, queue: [], head: [] };

/**
 * The waiting songs: those of the snapshot, and behind them, while somebody looks at all of them, the others. The first ones are always
 * as live as the room; the rest follows within two seconds.
 */
export function useWholeQueue(isWanted: boolean): {
  readonly queue: readonly QueueItemDto[];
  readonly failure: string | null;
} {
  const store = useRoomStore();
  const live = useRoom((state) => state.queue);
  const foreseen = useRoom((state) => state.optimistic);
  const ownId = useRoom((state) => state.you.memberId);
  const version = useRoom((state) => state.snapshot.version);
  const isCut = useRoom(({ snapshot }) => snapshot.queueCount > snapshot.queue.length);
  const [reading, setReading] = useState(unread);
  const [failure, setFailure] = useState<string | null>(null);
  const readAtMs = useRef(0);
  const wanted = isWanted && isCut;
  useEffect(() => {
    if (!wanted || reading.version >= version) return undefined;
    const read = async (): Promise<void> => {
      readAtMs.current = Date.now();
      try {
        const answer = await store.api.wholeQueue();
        const head = store.getState().snapshot.queue.map(({ id }) => id);
        setReading((known) => (answer.version < known.version ? known : { ...answer, head }));
        setFailure(null);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setFailure(error.detail);
      }
    };
    const timer = setTimeout(() => void read(), Math.max(0, readAtMs.current + pauseMs - Date.now()));
    return () => clearTimeout(timer);
  }, [wanted, store, reading, version]);
  const queue = useMemo(() => {
    if (!wanted) return live;
    const known = new Set([...live.map(({ id }) => id), ...reading.head]);
    return [...live, ...optimisticQueue(reading.queue, foreseen, ownId).filter(({ id }) => !known.has(id))];
  }, [wanted, live, reading, foreseen, ownId]);
  return { queue, failure };
}
