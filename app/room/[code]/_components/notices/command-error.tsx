import { useRoom } from '@/lib/client/room/use-room';

/** What went wrong with a press inside a panel, said there: the room's banner is behind it. */
export function CommandError() {
  const error = useRoom((state) => state.error);
  if (error === null) return null;
  return (
    <p role="alert" className="arrives flex min-h-11 items-center gap-2.5 py-2 text-quiet">
      <span aria-hidden className="size-2 shrink-0 rounded-full bg-quiet" />
      {error.detail}
    </p>
  );
}
