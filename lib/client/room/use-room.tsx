import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { RoomView } from '@/lib/shared/contract/snapshot';
import { type RoomState, RoomStore } from './room-store';

const StoreContext = createContext<RoomStore | null>(null);

/** Gives what is inside it the room, kept live from here on. */
export function RoomProvider({ initial, children }: { readonly initial: RoomView; readonly children: ReactNode }) {
  const [store] = useState(() => new RoomStore(initial));
  useEffect(() => store.start(), [store]);
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** The page's room store, for presses. */
export function useRoomStore(): RoomStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('There is no room around this component.');
  return store;
}

/** One part of the room; the component draws again when that part changes. `select` must give the same value for the same state. */
export function useRoom<T>(select: (state: RoomState) => T): T {
  const store = useRoomStore();
  const read = (): T => select(store.getState());
  return useSyncExternalStore(store.subscribe, read, read);
}
