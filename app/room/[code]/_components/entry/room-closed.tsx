import { MessagePage } from '@/app/_components/message-page';
import { Button, buttonClass } from '@/app/_components/ui/button';
import type { CloseReason } from '@/lib/shared/contract/rooms';

const words: Readonly<Record<CloseReason, { readonly title: string; readonly text: string }>> = {
  ended: { title: 'This room has ended', text: 'Thank you for the company. The music may well play on.' },
  removed: {
    title: 'You were removed from this room',
    text: 'The host removed you. You can join or start another room.',
  },
  left: { title: 'You left this room', text: 'You can come back with the same code.' },
  replaced: {
    title: 'This page is resting',
    text: 'You have the room open on several pages. Look at this one again and it goes on.',
  },
  not_a_member: { title: 'You are not in this room any more', text: 'Join again with the same code.' },
  not_found: { title: 'This room is gone', text: 'You can join or start another one.' },
};

const comeBack: ReadonlySet<CloseReason> = new Set(['left', 'replaced', 'not_a_member']);

/** What is said when the stream has ended for good. */
export function RoomClosed({ reason, onTv = false }: { readonly reason: CloseReason; readonly onTv?: boolean }) {
  const { title, text } = words[reason];
  return (
    <MessagePage title={title} forTv={onTv}>
      <p role="status" className="text-[1em] text-quiet">
        {text}
      </p>
      <div className="flex flex-wrap gap-3">
        {comeBack.has(reason) && (
          <Button variant="primary" onClick={() => window.location.reload()}>
            Back to the room
          </Button>
        )}
        <a href="/" className={buttonClass('plain')}>
          To the start
        </a>
      </div>
    </MessagePage>
  );
}
