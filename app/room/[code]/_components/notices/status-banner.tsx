import { loginHref, setupHref } from '@/app/_components/login-href';
import { Notice } from '@/app/_components/ui/notice';
import { TextButton, TextLink } from '@/app/_components/ui/text-link';
import { explainedBySpotify } from '@/lib/client/room/error-expiry';
import { roomPath } from '@/lib/client/room/room-path';
import type { ShownError } from '@/lib/client/room/room-store';
import { useApp, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { SpotifyStatus } from '@/lib/shared/contract/snapshot';
import { spotifyWords } from './spotify-words';
import { useSpotifyLink } from './use-spotify-link';
import { onlyThere } from '@/app/_components/only-there';
import { useConnectionWords } from './use-connection-words';

interface StatusBannerProps {
  readonly onOpenDevices: () => void;
}

type Action =
  | { readonly label: string; readonly href: string; readonly newTab?: true }
  | { readonly label: string; readonly run: () => void };

interface Words {
  readonly text: string;
  readonly actions?: readonly Action[];
}

/** Errors that a Spotify status is shown in place of: without Spotify, no device can be chosen either. */
const isExplained = (code: ShownError['code']): boolean => explainedBySpotify.has(code) || code === 'no_active_device';

/** What another account may do better. */
const ofTheAccount: ReadonlySet<SpotifyStatus> = new Set(['not_allowed', 'premium_required']);

const demoted = 'You are a guest here now: this room’s Spotify account logged in on another device.';

/** What is wrong, one thing at a time, the worst first, and what can be done about it. Never modal. */
export function StatusBanner({ onOpenDevices }: StatusBannerProps) {
  const store = useRoomStore();
  const spotify = useRoom((state) => state.snapshot.spotify);
  const status = useRoom((state) => state.snapshot.playback.status);
  const { appUrl, onAppUrl, ownApps } = useApp();
  const room = useRoom(roomPath);
  const isHost = useRoom((state) => state.you.role === 'host');
  const error = useRoom((state) => state.error);
  const wasHost = useRoom((state) => state.wasHost);
  const connection = useConnectionWords();

  const openSpotify = { label: 'Open Spotify', href: useSpotifyLink(), newTab: true } as const;
  const devices = [openSpotify, { label: 'Choose a device', run: onOpenDevices }];
  const dismiss = { label: 'OK', run: () => store.dismissError() };
  const spotifyTrouble = (): Words | null => {
    const text = spotifyWords(spotify, isHost);
    if (text === null) return null;
    if (!isHost) return { text };
    if (!onAppUrl) return { text: spotify.status === 'reconnect' ? `${text} ${onlyThere(appUrl)}` : text };
    if (spotify.status === 'reconnect')
      return { text, actions: [{ label: 'Reconnect Spotify', href: loginHref(room) }] };
    const account = { label: 'Use another Spotify account', href: loginHref(room, 'another') };
    const app = { label: 'Your own Spotify app', href: setupHref(room) };
    const actions = [
      // A detail names a cause that is not the account's.
      ...(ofTheAccount.has(spotify.status) && spotify.detail === undefined ? [account] : []),
      ...(spotify.status === 'not_allowed' && ownApps !== 'off' ? [app] : []),
    ];
    return actions.length === 0 ? { text } : { text, actions };
  };
  const choose = (): Words | null => {
    if (connection !== null) return { text: connection };
    if (wasHost) return { text: demoted, actions: [{ label: 'OK', run: () => store.dismissRole() }] };
    const trouble = spotifyTrouble();
    if (trouble !== null && (error === null || isExplained(error.code))) return trouble;
    if (error !== null)
      return { text: error.detail, actions: isHost && error.code === 'no_active_device' ? devices : [dismiss] };
    if (status !== 'no_device') return null;
    const text = 'No Spotify device is awake. Open Spotify where the music should come from.';
    return isHost ? { text, actions: devices } : { text };
  };
  const words = choose();
  const actions = words?.actions?.map((action) => <NoticeAction key={action.label} action={action} />);
  return (
    <Notice text={words?.text ?? null} actions={actions && <span className="-mx-3 flex flex-wrap">{actions}</span>} />
  );
}

function NoticeAction({ action }: { readonly action: Action }) {
  if ('href' in action)
    return (
      <TextLink variant="action" href={action.href} {...(action.newTab && { target: '_blank', rel: 'noreferrer' })}>
        {action.label}
      </TextLink>
    );
  return (
    <TextButton variant="action" onClick={action.run}>
      {action.label}
    </TextButton>
  );
}
