import { loginHref } from '@/app/_components/login-href';
import { roomPath } from '@/lib/client/room/room-path';
import { useRoom } from '@/lib/client/room/use-room';

/** Spotify takes the account that agreed before without a word; this asks which one it shall be. */
export function OtherAccount() {
  const path = useRoom(roomPath);
  return (
    <a
      href={loginHref(path, 'another')}
      className="inline-flex min-h-11 items-center text-quiet underline underline-offset-4 hover:text-ink"
    >
      Use another Spotify account
    </a>
  );
}
