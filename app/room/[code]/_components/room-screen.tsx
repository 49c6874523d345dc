'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { LoginOutcomeNotice } from '@/app/_components/login-outcome';
import { SimulatedNotice } from '@/app/_components/simulated-notice';
import { RoomProvider, useRoom, useRoomStore } from '@/lib/client/use-room';
import type { AppFacts } from '@/lib/server/rooms/pages';
import type { RoomView } from '@/lib/shared/snapshot';
import { ConnectPanel } from './connect-panel';
import { Dock } from './dock';
import { Farewell } from './farewell';
import { NowPlaying } from './now-playing';
import { PeopleList } from './people-list';
import type { SheetName } from './sheet-name';
import { TopBar } from './top-bar';
import { Trouble } from './trouble';
import { useShortcuts } from './use-shortcuts';

const InviteSheet = dynamic(() => import('./invite-sheet').then((module) => module.InviteSheet));
const SettingsSheet = dynamic(() => import('./settings-sheet').then((module) => module.SettingsSheet));
const DevicesSheet = dynamic(() => import('./devices-sheet').then((module) => module.DevicesSheet));
const PeopleSheet = dynamic(() => import('./people-sheet').then((module) => module.PeopleSheet));
const KeysSheet = dynamic(() => import('./keys-sheet').then((module) => module.KeysSheet));

/** A member's room, live. */
export function RoomScreen({
  initial,
  app,
  loginOutcome,
}: {
  readonly initial: RoomView;
  readonly app: AppFacts;
  readonly loginOutcome: string | undefined;
}) {
  return (
    <RoomProvider initial={initial}>
      <Room app={app} loginOutcome={loginOutcome} />
    </RoomProvider>
  );
}

function Room({ app, loginOutcome }: { readonly app: AppFacts; readonly loginOutcome: string | undefined }) {
  const connection = useRoom((state) => state.connection);
  const code = useRoom((state) => state.snapshot.room.code);
  const isHost = useRoom((state) => state.you.role === 'host');
  const notConnected = useRoom((state) => state.snapshot.spotify.status === 'not_connected');
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const store = useRoomStore();
  const open = (name: SheetName): void => {
    // What went wrong before has been read by then, and is not of this panel.
    store.dismissError();
    setSheet(name);
  };
  useShortcuts(open);
  const close = (): void => setSheet(null);

  if (connection.kind === 'closed') return <Farewell reason={connection.reason} />;
  return (
    <div className="mx-auto flex min-h-dvh max-w-7xl flex-col px-5 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))] md:px-8">
      <TopBar onOpen={open} />
      <main data-connection={connection.kind} className="flex grow flex-col">
        <Trouble appUrl={app.appUrl} onAppUrl={app.onAppUrl} onOpenDevices={() => open('devices')} />
        <LoginOutcomeNotice outcome={loginOutcome} path={`/room/${code}`} />
        <div className="grid grow content-start gap-x-10 gap-y-8 py-4 xl:gap-x-16 lg:grid-cols-[minmax(0,1fr)_17rem] lg:content-center lg:py-8">
          <div className="flex min-w-0 flex-col gap-4 self-start md:gap-6 lg:sticky lg:top-4">
            {notConnected ? (
              <ConnectPanel code={code} app={app} />
            ) : (
              <>
                <NowPlaying />
                <Dock />
              </>
            )}
          </div>
          <aside aria-label="People" className="hidden lg:block">
            <h2 className="mb-3 text-lg font-semibold">People</h2>
            <PeopleList canRemove={isHost} />
          </aside>
        </div>
        <footer className="mt-4 flex flex-wrap items-center justify-between gap-4 border-t border-line pt-3 text-sm text-faint">
          {app.simulated ? <SimulatedNotice /> : <span>Content from Spotify</span>}
          <span className="flex gap-5">
            <a href={`/room/${code}/display`} className="py-2.5 hover:text-ink">
              For the TV
            </a>
            <a href="/privacy" className="py-2.5 hover:text-ink">
              Privacy
            </a>
          </span>
        </footer>
      </main>
      {sheet === 'invite' && <InviteSheet inviteOrigin={app.inviteOrigin} onClose={close} />}
      {sheet === 'settings' && <SettingsSheet onAppUrl={app.onAppUrl} onClose={close} />}
      {sheet === 'devices' && <DevicesSheet onClose={close} />}
      {sheet === 'people' && <PeopleSheet onClose={close} />}
      {sheet === 'keys' && <KeysSheet onClose={close} />}
    </div>
  );
}
