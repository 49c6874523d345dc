import { useSyncExternalStore } from 'react';
import { useRoom } from '@/lib/client/room/use-room';
import { useDelayedTrue } from './use-delayed-true';

/** How long the connection may be gone before anybody is told, in ms: a short gap is not worth a word. */
const patienceMs = 1_500;

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** What to say about the connection to the room; null while it stands. */
export function useConnectionWords(): string | null {
  const reconnecting = useRoom((state) => state.connection.kind === 'reconnecting');
  const lost = useDelayedTrue(reconnecting, patienceMs);
  const online = useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );
  if (!online)
    return 'You are offline. What you see is the last that was known; it goes on by itself when you are back.';
  return lost ? 'The connection to the room was lost. Trying again…' : null;
}
