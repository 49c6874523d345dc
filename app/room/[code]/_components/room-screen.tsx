'use client';

import { useCallback } from 'react';
import { LoginOutcomeNotice } from '@/app/_components/login-outcome';
import { SimulatedNotice } from '@/app/_components/simulated-notice';
import { roomPath } from '@/lib/client/room/room-path';
import { RoomProvider, useApp, useMay, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { RoomView } from '@/lib/shared/contract/snapshot';
import { ConnectPanel } from './spotify/connect-panel';
import { Dock } from './dock';
import { ArrivalsNotice } from './notices/arrivals-notice';
import { DoorNotice } from './notices/door-notice';
import { DemoNotice } from './notices/demo-notice';
import { DroppedNotice } from './notices/dropped-notice';
import { LoginEndsNotice } from './notices/login-ends-notice';
import { RoomClosed } from './entry/room-closed';
import { lazyPanel } from './panels/lazy-panel';
import { NowPlaying } from './song/now-playing';
import { PeopleList } from './people/people-list';
import { UpNext } from './queue/up-next';
import type { SheetName } from './panels/use-sheet';
import { TopBar } from './top-bar';
import { StatusBanner } from './notices/status-banner';
import { UndoProvider, UndoStrip } from './notices/undo';
import { useSheetAfterLogin } from './panels/sheet-after-login';
import { usePreloadedPanels } from './panels/use-preloaded-panels';
import { useRoomAddress } from './entry/use-room-address';
import { useSheet } from './panels/use-sheet';
import { useShortcuts } from './remote/use-shortcuts';
import styles from './room-screen.module.css';

const InviteSheet = lazyPanel(() => import('./people/invite-sheet').then((module) => module.InviteSheet));
const SettingsSheet = lazyPanel(() => import('./settings/settings-sheet').then((module) => module.SettingsSheet));
const DevicesSheet = lazyPanel(() => import('./remote/devices-sheet').then((module) => module.DevicesSheet));
const PeopleSheet = lazyPanel(() => import('./people/people-sheet').then((module) => module.PeopleSheet));
const ScreensSheet = lazyPanel(() => import('./people/screens-sheet').then((module) => module.ScreensSheet));
const SearchSheet = lazyPanel(() => import('./search/search-sheet').then((module) => module.SearchSheet));
const HistorySheet = lazyPanel(() => import('./history/history-sheet').then((module) => module.HistorySheet));
const KeysSheet = lazyPanel(() => import('./remote/keys-sheet').then((module) => module.KeysSheet));

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
    <RoomProvider initial={initial} app={app}>
      <UndoProvider>
        <Room loginOutcome={loginOutcome} />
      </UndoProvider>
    </RoomProvider>
  );
}

function Room({ loginOutcome }: { readonly loginOutcome: string | undefined }) {
  const { simulated, ownApps } = useApp();
  const connection = useRoom((state) => state.connection);
  const path = useRoom(roomPath);
  const mayConfigure = useMay('configure');
  const mayManageScreens = useMay('manage_screens');
  const mayChooseDevice = useMay('choose_device');
  const notConnected = useRoom((state) => state.snapshot.spotify.status === 'not_connected');
  const { sheet, open: openSheet, close } = useSheet();
  const store = useRoomStore();
  const open = useCallback(
    (name: SheetName): void => {
      // What went wrong before has been read by then, and is not of this panel.
      store.dismissError();
      openSheet(name);
    },
    [store, openSheet],
  );
  useShortcuts(open);
  useSheetAfterLogin(loginOutcome, open);
  useRoomAddress();
  usePreloadedPanels(connection.kind === 'live');

  const outcome = { outcome: loginOutcome, path, ownApps };
  if (connection.kind === 'closed') return <RoomClosed reason={connection.reason} />;
  return (
    <div className={`mx-auto max-w-7xl px-5 md:px-8 2xl:max-w-[108rem] ${notConnected ? '' : 'pb-44 wide:pb-0'}`}>
      <div className="flex min-h-dvh flex-col pt-3 short:pt-1 md:min-h-[calc(100dvh-4rem)]">
        <TopBar onOpen={open} />
        <main data-connection={connection.kind} className={styles.page}>
          {/* The worst first: a login that failed comes before what is wrong otherwise, one that worked after it. */}
          <div className={styles.notices}>
            {loginOutcome !== 'connected' && <LoginOutcomeNotice {...outcome} />}
            <StatusBanner onOpenDevices={() => open('devices')} />
            {loginOutcome === 'connected' && <LoginOutcomeNotice {...outcome} />}
            <LoginEndsNotice />
            <DroppedNotice />
            <DoorNotice onOpen={() => open('people')} />
            <ArrivalsNotice />
            <DemoNotice />
          </div>
          <div className={styles.columns}>
            <div className={`${styles.song} ${notConnected ? styles.disconnected : styles.connected}`}>
              {notConnected ? (
                <>
                  <ConnectPanel />
                  <UndoStrip className="fixed right-0 bottom-0 z-20 w-full max-w-105 border-t border-l border-line bg-ground px-5" />
                </>
              ) : (
                <>
                  <NowPlaying />
                  <Dock onOpen={open} />
                </>
              )}
            </div>
            <div className="flex min-w-0 flex-col gap-8">
              {!notConnected && <UpNext sheet={sheet} onOpen={open} onClose={close} />}
              <aside aria-label="People" className="hidden lg:block">
                <h2 className="mb-3 text-lg font-semibold">People</h2>
                <PeopleList />
              </aside>
            </div>
          </div>
        </main>
      </div>
      <footer className="mt-2 flex flex-wrap items-center justify-between gap-x-4 border-t border-line pt-1 pb-[max(0.5rem,env(safe-area-inset-bottom))] text-sm text-faint">
        {simulated ? <SimulatedNotice /> : <span>Content from Spotify</span>}
        <span className="flex gap-5">
          {mayManageScreens ? (
            <button
              type="button"
              onClick={() => open('screens')}
              className="inline-flex min-h-11 items-center hover:text-ink"
            >
              For the TV
            </button>
          ) : (
            <a href={`${path}/display`} className="inline-flex min-h-11 items-center hover:text-ink">
              For the TV
            </a>
          )}
          <a href="/privacy" className="inline-flex min-h-11 items-center hover:text-ink">
            Privacy
          </a>
        </span>
      </footer>
      {sheet === 'invite' && <InviteSheet onClose={close} onScreens={() => open('screens')} />}
      {mayConfigure && sheet === 'settings' && <SettingsSheet onClose={close} />}
      {mayChooseDevice && sheet === 'devices' && <DevicesSheet onClose={close} />}
      {sheet === 'people' && <PeopleSheet onClose={close} />}
      {sheet === 'history' && <HistorySheet onClose={close} />}
      {sheet === 'search' && <SearchSheet onClose={close} />}
      {mayManageScreens && sheet === 'screens' && <ScreensSheet onClose={close} />}
      {sheet === 'keys' && <KeysSheet onClose={close} />}
    </div>
  );
}
