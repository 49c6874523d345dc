import { loginHref } from '@/app/_components/login-href';
import { roomPath } from '@/lib/client/room/room-path';
import { useRoom } from '@/lib/client/room/use-room';
import { TextLink } from '@/app/_components/ui/text-link';

/** Spotify takes the account that agreed before without a word; this asks which one it shall be. */
export function OtherAccount() {
  const path = useRoom(roomPath);
  return (
    <TextLink href={loginHref(path, 'another')} variant="standalone">
      Use another Spotify account
    </TextLink>
  );
}
