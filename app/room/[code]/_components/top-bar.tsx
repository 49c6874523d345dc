import { Lock, LogOut, type LucideIcon, MonitorSpeaker, Settings, UserRoundPlus } from 'lucide-react';
import { type ComponentProps, useEffect, useRef } from 'react';
import { Confirm } from '@/app/_components/ui/confirm';
import { useMay, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import { Avatars } from './people/avatars';
import { takeJoined } from './entry/joined';
import { roomTitle } from '@/app/_components/room-title';
import type { SheetName } from './panels/use-sheet';

const chip =
  'inline-flex min-h-11 shrink-0 items-center gap-2 rounded-full border border-control px-3.5 transition-colors duration-150 hover:bg-raised';

/** The room's name, its code, who is here, and the doors to its panels; only those this person may open. */
export function TopBar({ onOpen }: { readonly onOpen: (sheet: SheetName) => void }) {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  const mayConfigure = useMay('configure');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever came in by the keyboard goes on from here.
    if (takeJoined()) title.current?.focus();
  }, []);

  async function leave(): Promise<void> {
    if (await store.run((api) => api.leave())) window.location.assign('/');
  }

  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line pb-2 md:gap-x-3">
      <h1
        ref={title}
        tabIndex={-1}
        translate="no"
        title={roomTitle(room)}
        className="min-w-0 grow basis-0 truncate py-1 text-xl font-semibold outline-none md:text-2xl"
      >
        {roomTitle(room)}
      </h1>
      <nav aria-label="Room" className="contents">
        {mayConfigure ? (
          <div className="-mr-3 flex shrink-0 wide:mr-0">
            <BarButton label="Devices" icon={MonitorSpeaker} onClick={() => onOpen('devices')} />
            <BarButton label="Settings" icon={Settings} onClick={() => onOpen('settings')} />
          </div>
        ) : (
          <Confirm
            label="Leave the room?"
            question="Leave the room? You can come back with the same code."
            yes="Leave the room"
            no="Stay"
            onYes={() => void leave()}
          >
            {(trigger) => <BarButton label="Leave" icon={LogOut} alwaysNamed {...trigger} />}
          </Confirm>
        )}
        <div className="flex min-w-0 basis-full items-center justify-between gap-2 wide:basis-auto">
          <button
            type="button"
            aria-label={`Invite, ${room.code}${room.locked ? ', the room is locked' : ''}`}
            onClick={() => onOpen('invite')}
            className={chip}
          >
            {room.locked ? (
              <Lock aria-hidden className="size-4.5 text-quiet" />
            ) : (
              <UserRoundPlus aria-hidden className="size-4.5 text-quiet" />
            )}
            <span translate="no" className="font-title tracking-[0.14em]">
              {room.code}
            </span>
          </button>
          <Avatars onOpen={() => onOpen('people')} />
        </div>
      </nav>
    </header>
  );
}

/** A door of the bar: an icon, and its name where there is room. */
function BarButton({
  label,
  icon: Icon,
  alwaysNamed = false,
  ...rest
}: ComponentProps<'button'> & {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly alwaysNamed?: boolean;
}) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      className="inline-flex min-h-12 min-w-12 shrink-0 items-center justify-center gap-2 rounded-full px-3 text-sm text-quiet transition-colors duration-150 hover:bg-raised hover:text-ink"
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      <span className={alwaysNamed ? '' : 'max-lg:sr-only'}>{label}</span>
    </button>
  );
}
