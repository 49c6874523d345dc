import { MessagePage } from '@/app/_components/message-page';
import { buttonClass } from '@/app/_components/ui/button';
import { roomTitle } from '@/app/_components/room-title';
import { Sentence } from '@/app/_components/ui/sentence';

interface RoomName {
  readonly code: string;
  readonly name: string;
}

/** Said to a host who opens another room's link, before anything is asked. */
export function HostingElsewhere({ room, own }: { readonly room: RoomName; readonly own: RoomName }) {
  return (
    <MessagePage title="You host another room">
      <Sentence className="text-quiet">
        You are invited to <bdi translate="no">{roomTitle(room)}</bdi>, and you host{' '}
        <bdi translate="no">{roomTitle(own)}</bdi>. End your room before you join this one, or open the link in another
        browser.
      </Sentence>
      <a href={`/room/${own.code}`} className={buttonClass('primary')}>
        To your room
      </a>
    </MessagePage>
  );
}
