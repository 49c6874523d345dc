'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Connection } from '@/lib/client/room-stream';
import { useRoom, useRoomStore } from '@/lib/client/use-room';
import type { SpotifyState } from '@/lib/shared/snapshot';

interface TroubleProps {
  readonly appUrl: string;
  readonly onAppUrl: boolean;
  readonly onOpenDevices: () => void;
}

interface Words {
  readonly text: string;
  readonly action?:
    | { readonly label: string; readonly href: string }
    | { readonly label: string; readonly press: () => void };
}

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

/** Whether a lost connection has been lost for long enough to say so. */
function useLost(connection: Connection): boolean {
  const reconnecting = connection.kind === 'reconnecting';
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLost(reconnecting), reconnecting ? patienceMs : 0);
    return () => clearTimeout(timer);
  }, [reconnecting]);
  return lost && reconnecting;
}

function timeOf(iso: string): string {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return today ? time : `${at.toLocaleDateString([], { weekday: 'long' })}, ${time}`;
}

const reconnectGuest = 'Spotify asks the host to log in again. The music plays on; the remote comes back by itself.';

function spotifyWords(spotify: SpotifyState, isHost: boolean, reconnect: Words['action']): Words | null {
  switch (spotify.status) {
    case 'connected':
    case 'not_connected':
      return null;
    case 'reconnect':
      if (!isHost) return { text: reconnectGuest };
      return {
        text: 'Spotify asks you to log in again. The music plays on.',
        ...(reconnect ? { action: reconnect } : {}),
      };
    case 'not_allowed':
      return {
        text:
          spotify.detail ??
          'Spotify does not let this account use the app. Its owner has to add the host to the allow list.',
      };
    case 'premium_required':
      return { text: 'Spotify lets only Premium accounts be controlled. The song is shown; the buttons need Premium.' };
    case 'rate_limited':
      return {
        text: `Spotify takes no requests from this app until ${spotify.retryAt ? timeOf(spotify.retryAt) : 'later'}. The music plays on; buttons come back by themselves.`,
      };
    case 'unavailable':
      return { text: 'Spotify stopped answering. The music plays on; buttons come back by themselves.' };
  }
}

/** What is wrong, one thing at a time, the worst first, with what to press. Quiet, and never in the way. */
export function Trouble({ appUrl, onAppUrl, onOpenDevices }: TroubleProps) {
  const store = useRoomStore();
  const connection = useRoom((state) => state.connection);
  const spotify = useRoom((state) => state.snapshot.spotify);
  const asleep = useRoom((state) => state.snapshot.playback.status === 'no_device');
  const error = useRoom((state) => state.error);
  const code = useRoom((state) => state.snapshot.room.code);
  const isHost = useRoom((state) => state.you.role === 'host');
  const online = useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );
  const lost = useLost(connection);

  const login = `/api/spotify/authorize?returnTo=/room/${code}`;
  const reconnect = { label: 'Reconnect Spotify', href: onAppUrl ? login : `${appUrl}/room/${code}` };
  const devices = { label: 'Choose a device', press: onOpenDevices };
  const choose = (): Words | null => {
    if (!online)
      return {
        text: 'You are offline. What you see is the last that was known; it goes on by itself when you are back.',
      };
    if (lost) return { text: 'The connection to the room was lost. Trying again…' };
    if (error?.code === 'no_active_device' && isHost) return { text: error.detail, action: devices };
    if (error !== null && error.code !== 'track_changed')
      return { text: error.detail, action: { label: 'OK', press: () => store.dismissError() } };
    const words = spotifyWords(spotify, isHost, reconnect);
    if (words !== null) return words;
    if (!asleep) return null;
    return {
      text: 'No Spotify device is awake. Open Spotify where the music should come from.',
      ...(isHost ? { action: devices } : {}),
    };
  };
  const words = choose();
  return (
    <div
      role="status"
      className={
        words === null
          ? ''
          : 'arrives flex flex-wrap items-center justify-between gap-x-6 border-b border-line py-2 text-quiet'
      }
    >
      {words !== null && (
        <>
          <p className="min-w-0 grow basis-64 py-1.5">
            <span aria-hidden className="mr-2 inline-block size-2 rounded-full bg-danger" />
            {words.text}
          </p>
          {words.action !== undefined && <Action action={words.action} />}
        </>
      )}
    </div>
  );
}

function Action({ action }: { readonly action: NonNullable<Words['action']> }) {
  const look = 'inline-flex min-h-11 items-center rounded-full px-3 font-medium text-ink underline underline-offset-4';
  if ('href' in action)
    return (
      <a href={action.href} className={look}>
        {action.label}
      </a>
    );
  return (
    <button type="button" onClick={action.press} className={look}>
      {action.label}
    </button>
  );
}
