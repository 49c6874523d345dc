import { useEffect } from 'react';
import { api } from '@/lib/client/api-client';
import { useRoom } from '@/lib/client/room/use-room';

/** The same page of the room with that code. */
function pathWith(code: string): string {
  return window.location.pathname.replace(/^\/room\/[^/]+/, `/room/${encodeURIComponent(code)}`);
}

/**
 * Keeps the page's address that of the room, whose host may give it a new code (HT2): reloading and sharing the page go on working. A
 * page that missed the change finds the room by whom it belongs to.
 */
export function useRoomAddress(): void {
  const code = useRoom((state) => state.snapshot.room.code);
  const isLost = useRoom(({ connection }) => connection.kind === 'closed' && connection.reason === 'not_found');
  useEffect(() => {
    const correct = (): void => {
      const path = pathWith(code);
      // Steps that were made before still have the old address.
      if (path !== window.location.pathname)
        window.history.replaceState(window.history.state, '', path + window.location.search);
    };
    correct();
    window.addEventListener('popstate', correct);
    return () => window.removeEventListener('popstate', correct);
  }, [code]);
  useEffect(() => {
    if (!isLost) return;
    const find = async (): Promise<void> => {
      const { room } = await api.me().catch(() => ({ room: null }));
      if (room !== null && room.code !== code) window.location.replace(pathWith(room.code));
    };
    void find();
  }, [isLost, code]);
}
