import { useEffect, useState } from 'react';
import { useApp, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { InviteAddress } from '@/lib/shared/contract/app';

/** How often it is asked whether somebody has come, in ms. */
const askEveryMs = 3_000;

/**
 * Where others reach the app, as the page knew it when it was opened; for the host at home asked again while nobody has come by any of it
 * (AD5), so that a phone that opens the page is seen at once.
 */
export function useInvite(): readonly InviteAddress[] {
  const store = useRoomStore();
  const isHost = useRoom((state) => state.you.role === 'host');
  const [invite, setInvite] = useState(useApp().invite);
  const isAsked = isHost && invite.length > 0 && invite.every(({ network, used }) => network !== null && !used);
  useEffect(() => {
    if (!isAsked) return undefined;
    // Whatever it fails with is of no account here: the next one may not.
    const ask = (): void => void store.api.invite().then(setInvite, () => undefined);
    ask();
    const timer = setInterval(ask, askEveryMs);
    return () => clearInterval(timer);
  }, [isAsked, store]);
  return invite;
}
