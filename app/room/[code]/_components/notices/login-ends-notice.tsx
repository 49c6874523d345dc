import { useEffect, useState } from 'react';
import { loginHref } from '@/app/_components/login-href';
import { Notice } from '@/app/_components/ui/notice';
import { TextButton, TextLink } from '@/app/_components/ui/text-link';
import { api } from '@/lib/client/api-client';
import { onlyThere } from '@/app/_components/only-there';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom } from '@/lib/client/room/use-room';
import { endsSoon } from '@/lib/shared/rules/grant-end';

/** The day on which Spotify ends the host's login, while that is near (LG13); asked once as the page opens. */
function useLoginEnd(): string | null {
  const isAsked = useRoom(({ you, snapshot }) => you.role === 'host' && snapshot.spotify.status === 'connected');
  const [day, setDay] = useState<string | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    void api.spotifyStatus().then(
      ({ reconnectBy }) => {
        const isNear = reconnectBy !== undefined && endsSoon(Date.parse(reconnectBy), Date.now());
        setDay(isNear ? new Date(reconnectBy).toLocaleDateString([], { day: 'numeric', month: 'long' }) : null);
      },
      // Without an answer nothing is said: the room works all the same.
      () => undefined,
    );
  }, [isAsked]);
  return isAsked ? day : null;
}

/** Tells the host that Spotify ends the login, in time to renew it where nobody waits. */
export function LoginEndsNotice() {
  const day = useLoginEnd();
  const { appUrl, onAppUrl } = useApp();
  const path = useRoom(roomPath);
  const [isRead, setRead] = useState(false);
  if (day === null || isRead) return null;
  return (
    <Notice
      text={`Spotify ends this login on ${day}, as it does every six months. Log in again before, and the room goes on without a pause.${onAppUrl ? '' : ` ${onlyThere(appUrl)}`}`}
      actions={
        <span className="-mx-3 flex flex-wrap">
          {onAppUrl && (
            <TextLink variant="action" href={loginHref(path)}>
              Log in again
            </TextLink>
          )}
          <TextButton variant="action" onClick={() => setRead(true)}>
            OK
          </TextButton>
        </span>
      }
    />
  );
}
