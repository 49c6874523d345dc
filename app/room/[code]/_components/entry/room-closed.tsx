import { MessagePage } from '@/app/_components/message-page';
import { Button, buttonClass } from '@/app/_components/ui/button';
import type { CloseReason } from '@/lib/shared/contract/rooms';
import { closedWords } from './closed-words';

const comeBack: ReadonlySet<CloseReason> = new Set(['left', 'replaced', 'not_a_member']);

/** What is said when the stream has ended for good. */
export function RoomClosed({ reason, onTv = false }: { readonly reason: CloseReason; readonly onTv?: boolean }) {
  const { title, text } = closedWords[reason];
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
