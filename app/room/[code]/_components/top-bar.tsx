'use client';

import { LogOut, MonitorSpeaker, Settings, UserRoundPlus } from 'lucide-react';
import { IconButton } from '@/app/_components/ui/button';
import { api } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/use-room';
import { Faces } from './faces';
import { roomTitle } from './room-title';
import type { SheetName } from './sheet-name';

const chip =
  'inline-flex min-h-11 shrink-0 items-center gap-2 rounded-full border border-control px-3.5 transition-colors duration-150 hover:bg-raised';

/** The room's name, its code, who is here, and the doors to its panels; only those this person may open. */
export function TopBar({ onOpen }: { readonly onOpen: (sheet: SheetName) => void }) {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  const isHost = useRoom((state) => state.you.role === 'host');

  async function leave(): Promise<void> {
    if (await store.press(() => api.leave(room.code))) window.location.assign('/');
  }

  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line pb-2 md:gap-x-3">
      <h1 title={roomTitle(room)} className="min-w-0 grow basis-0 truncate py-1 text-xl font-semibold md:text-2xl">
        {roomTitle(room)}
      </h1>
      <nav aria-label="Room" className="contents">
        <div className="-mr-3 flex shrink-0 md:mr-0">
          {isHost ? (
            <>
              <IconButton label="Devices" onClick={() => onOpen('devices')}>
                <MonitorSpeaker aria-hidden className="size-5" />
              </IconButton>
              <IconButton label="Settings" onClick={() => onOpen('settings')}>
                <Settings aria-hidden className="size-5" />
              </IconButton>
            </>
          ) : (
            <IconButton label="Leave" onClick={() => void leave()}>
              <LogOut aria-hidden className="size-5" />
            </IconButton>
          )}
        </div>
        <div className="flex min-w-0 basis-full items-center justify-between gap-2 md:basis-auto">
          <button type="button" aria-label={`Invite, ${room.code}`} onClick={() => onOpen('invite')} className={chip}>
            <UserRoundPlus aria-hidden className="size-4.5 text-quiet" />
            <span className="font-title tracking-[0.14em]">{room.code}</span>
          </button>
          <Faces onOpen={() => onOpen('people')} />
        </div>
      </nav>
    </header>
  );
}
