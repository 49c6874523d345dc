import type { ReactNode } from 'react';
import { LogOut } from '@/app/_components/log-out';
import { Sheet, sheetFoot } from '@/app/_components/ui/sheet';
import { useRoom } from '@/lib/client/room/use-room';
import { OwnName } from '@/app/room/[code]/_components/people/own-name';
import { CommandError } from '@/app/room/[code]/_components/notices/command-error';
import { UndoLine } from '@/app/room/[code]/_components/notices/undo';
import { EndRoom } from './end-room';
import { OtherDevice } from './other-device';
import { QueueSettings } from './queue-settings';
import { RoomSettings } from './room-settings';
import { SpotifySettings } from './spotify-settings';
import { useSettings } from './use-settings';

/** The host's settings: each applies at once, for everybody, and can be taken back. */
export function SettingsSheet({ onClose }: { readonly onClose: () => void }) {
  const settings = useSettings();
  const { last } = settings;
  const isConnected = useRoom((state) => state.snapshot.spotify.status !== 'not_connected');
  const hasError = useRoom((state) => state.error !== null);
  return (
    <Sheet title="Settings" onClose={onClose}>
      <div className="flex flex-col gap-8 py-4">
        <Group title="Room">
          <RoomSettings settings={settings} />
        </Group>
        <Group title="Queue">
          <QueueSettings settings={settings} />
        </Group>
        <Group title="You">
          <OwnName />
          <OtherDevice />
          <LogOut isHost isConnected={isConnected} />
        </Group>
        <Group title="Spotify">
          <SpotifySettings />
        </Group>
        <EndRoom />
      </div>
      {/* The panel is long: what went wrong is said where it is seen, wherever it was pressed. */}
      <div className={sheetFoot}>
        <CommandError />
      </div>
      <div role="status" className={sheetFoot}>
        {last !== null && !hasError && (
          <UndoLine key={last.words} words={last.words} onUndo={last.undo === null ? null : () => void last.undo?.()} />
        )}
      </div>
    </Sheet>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = `settings-${title.toLowerCase()}`;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h3 id={id} className="text-lg font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}
