import { NoticeDot } from '@/app/_components/ui/notice';
import { useRoom } from '@/lib/client/room/use-room';

/** What went wrong with a command of a panel, shown in the panel: the room's banner is behind it. */
export function CommandError() {
  const error = useRoom((state) => state.error);
  if (error === null) return null;
  return (
    <p role="alert" className="arrives flex min-h-11 items-center gap-2.5 py-2 text-quiet">
      <NoticeDot />
      <span>{error.detail}</span>
    </p>
  );
}
