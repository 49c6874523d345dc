import { useRoom } from '@/lib/client/room/use-room';
import { Avatar } from './avatar';

/** How many fit beside the code on a small phone. */
const shown = 4;

/** The newest who are here, and how many there are; opens the list of people. */
export function Avatars({ onOpen }: { readonly onOpen: () => void }) {
  const members = useRoom((state) => state.snapshot.members);
  const present = useRoom((state) => state.snapshot.presentCount);
  return (
    <button
      type="button"
      onClick={onOpen}
      className="inline-flex min-h-11 shrink-0 items-center gap-2 rounded-full px-3 text-sm text-quiet transition-colors duration-150 hover:bg-raised hover:text-ink"
    >
      <span className="sr-only">People, </span>
      <span aria-hidden className="hidden -space-x-2 min-[21rem]:flex">
        {members
          .filter((member) => member.present)
          .slice(0, shown)
          .map((member) => (
            <Avatar key={member.id} name={member.name} />
          ))}
      </span>
      <span className="whitespace-nowrap tabular-nums">{present === 1 ? '1 here' : `${present} here`}</span>
    </button>
  );
}
