import { Sheet, sheetFoot } from '@/app/_components/ui/sheet';
import { CommandError } from '@/app/room/[code]/_components/notices/command-error';
import { UndoStrip } from '@/app/room/[code]/_components/notices/undo';
import { OwnName } from './own-name';
import { PeopleList } from './people-list';

/** Everybody in the room, and your own name to change. */
export function PeopleSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Sheet title="People" onClose={onClose}>
      <div className="flex flex-col gap-8 py-4">
        <CommandError />
        <PeopleList />
        <OwnName />
      </div>
      <UndoStrip className={sheetFoot} />
    </Sheet>
  );
}
