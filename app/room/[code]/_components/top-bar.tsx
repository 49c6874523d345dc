'use client';

import { LogOut, MonitorSpeaker, Settings, UserRoundPlus, Users } from 'lucide-react';
import { IconButton } from '@/app/_components/ui/button';
import { api } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/use-room';
import { roomTitle } from './room-title';
import type { SheetName } from './sheet-name';

/** The room's name and code, and the doors to its panels; only those this person may open. */
export function TopBar({ onOpen }: { readonly onOpen: (sheet: SheetName) => void }) {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  const isHost = useRoom((state) => state.you.role === 'host');
  const present = useRoom((state) => state.snapshot.presentCount);

  async function leave(): Promise<void> {
    if (await store.press(() => api.leave(room.code))) window.location.assign('/');
  }

  return (
    <header className="flex min-h-14 items-center justify-between gap-3 border-b border-line pb-2">
      <div className="min-w-0">
        <h1 title={roomTitle(room)} className="truncate text-xl font-semibold md:text-2xl">
          {roomTitle(room)}
        </h1>
        <p className="flex items-center gap-2 text-sm text-faint">
          <span className="font-title tracking-[0.18em]">{room.code}</span>
          <span aria-hidden className="size-1.5 rounded-full bg-accent" />
          <span className="tabular-nums">{present === 1 ? '1 here' : `${present} here`}</span>
        </p>
      </div>
      <nav aria-label="Room" className="flex shrink-0 items-center">
        <IconButton label="Invite" onClick={() => onOpen('invite')}>
          <UserRoundPlus aria-hidden className="size-5" />
        </IconButton>
        <IconButton label="People" onClick={() => onOpen('people')} className="lg:hidden">
          <Users aria-hidden className="size-5" />
        </IconButton>
        {isHost && (
          <>
            <IconButton label="Devices" onClick={() => onOpen('devices')}>
              <MonitorSpeaker aria-hidden className="size-5" />
            </IconButton>
            <IconButton label="Settings" onClick={() => onOpen('settings')}>
              <Settings aria-hidden className="size-5" />
            </IconButton>
          </>
        )}
        {!isHost && (
          <IconButton label="Leave" onClick={() => void leave()}>
            <LogOut aria-hidden className="size-5" />
          </IconButton>
        )}
      </nav>
    </header>
  );
}
