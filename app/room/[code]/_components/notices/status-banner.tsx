import { loginHref } from '@/app/_components/login-href';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { SpotifyStatus } from '@/lib/shared/contract/snapshot';
import { spotifyWords } from './spotify-words';
import { useConnectionWords } from './use-connection-words';

interface StatusBannerProps {
  readonly onOpenDevices: () => void;
}

type Action =
  | { readonly label: string; readonly href: string }
  | { readonly label: string; readonly press: () => void };

interface Words {
  readonly text: string;
  readonly action?: Action;
}

/** Failures of a press that the state of Spotify explains better. */
const fromSpotify: ReadonlySet<ErrorCode | 'network'> = new Set<ErrorCode>([
  'spotify_reconnect',
  'spotify_not_connected',
  'spotify_not_allowed',
  'premium_required',
  'no_active_device',
  'spotify_rate_limited',
  'spotify_unavailable',
]);

/** What another account may do better. */
const ofTheAccount: ReadonlySet<SpotifyStatus> = new Set(['not_allowed', 'premium_required']);

const demoted = 'You are a guest here now: this room’s Spotify account logged in on another device.';

/** What is wrong, one thing at a time, the worst first, with what to press. Quiet, and never in the way. */
export function StatusBanner({ onOpenDevices }: StatusBannerProps) {
  const store = useRoomStore();
  const spotify = useRoom((state) => state.snapshot.spotify);
  const status = useRoom((state) => state.snapshot.playback.status);
  const { appUrl, onAppUrl } = useApp();
  const room = useRoom(roomPath);
  const isHost = useRoom((state) => state.you.role === 'host');
  const error = useRoom((state) => state.error);
  const wasHost = useRoom((state) => state.wasHost);
  const connection = useConnectionWords();

  const devices = { label: 'Choose a device', press: onOpenDevices };
  const dismiss = { label: 'OK', press: () => store.dismissError() };
  const spotifyTrouble = (): Words | null => {
    const text = spotifyWords(spotify, isHost);
    if (text === null) return null;
    if (!isHost) return { text };
    if (spotify.status === 'reconnect')
      return { text, action: { label: 'Reconnect Spotify', href: onAppUrl ? loginHref(room) : appUrl + room } };
    if (onAppUrl && ofTheAccount.has(spotify.status))
      return { text, action: { label: 'Use another Spotify account', href: loginHref(room, 'another') } };
    return { text };
  };
  const choose = (): Words | null => {
    if (connection !== null) return { text: connection };
    if (wasHost) return { text: demoted, action: { label: 'OK', press: () => store.dismissRole() } };
    const trouble = spotifyTrouble();
    if (trouble !== null && (error === null || fromSpotify.has(error.code))) return trouble;
    if (error !== null)
      return { text: error.detail, action: isHost && error.code === 'no_active_device' ? devices : dismiss };
    if (status !== 'no_device') return null;
    const text = 'No Spotify device is awake. Open Spotify where the music should come from.';
    return isHost ? { text, action: devices } : { text };
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
          <p className="flex min-w-0 grow basis-64 items-baseline gap-2.5 py-1.5">
            <span aria-hidden className="size-2 shrink-0 rounded-full bg-quiet" />
            {words.text}
          </p>
          {words.action !== undefined && <TroubleAction action={words.action} />}
        </>
      )}
    </div>
  );
}

function TroubleAction({ action }: { readonly action: Action }) {
  const shape = 'inline-flex min-h-11 items-center rounded-full px-3 font-medium text-ink underline underline-offset-4';
  if ('href' in action)
    return (
      <a href={action.href} className={shape}>
        {action.label}
      </a>
    );
  return (
    <button type="button" onClick={action.press} className={shape}>
      {action.label}
    </button>
  );
}
