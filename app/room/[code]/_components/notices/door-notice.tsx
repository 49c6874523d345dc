import { Notice } from '@/app/_components/ui/notice';
import { TextButton } from '@/app/_components/ui/text-link';
import { useMay, useRoom } from '@/lib/client/room/use-room';

/** Says to those who may let people in that somebody waits at the door: one line, for as long as it is so (AM2). */
export function DoorNotice({ onOpen }: { readonly onOpen: () => void }) {
  const mayAdmit = useMay('admit');
  const count = useRoom((state) => state.snapshot.waitingCount);
  const words = count === 1 ? 'Somebody is at the door.' : `${count} people are at the door.`;
  return (
    <Notice
      text={mayAdmit && count > 0 ? words : null}
      actions={
        <TextButton variant="action" onClick={onOpen}>
          {count === 1 ? 'See who' : 'See them'}
        </TextButton>
      }
    />
  );
}
