import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { RoomView } from '@/lib/shared/contract/snapshot';
import type { Right } from '@/lib/shared/rules/rights';
import { hasRight } from './rights';
import { type RoomState, RoomStore } from './room-store';

const StoreContext = createContext<RoomStore | null>(null);
const AppContext = createContext<AppFacts | null>(null);

/** Gives its children the room, kept live from here on, and what pages know of the deployment. */
export function RoomProvider({
  initial,
  app,
  children,
}: {
  readonly initial: RoomView;
  readonly app: AppFacts;
  readonly children: ReactNode;
}) {
  const [store] = useState(() => new RoomStore(initial));
  useEffect(() => store.start(), [store]);
  return (
    <AppContext value={app}>
      <StoreContext value={store}>{children}</StoreContext>
    </AppContext>
  );
}

/** What the page knows of the deployment. */
export function useApp(): AppFacts {
  const app = useContext(AppContext);
  if (app === null) throw new Error('There is no room around this component.');
  return app;
}

/** The page's room store, for commands. */
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

/** Whether the person at this page has a right. */
export function useMay(right: Right): boolean {
  return useRoom((state) => hasRight(state, right));
}
