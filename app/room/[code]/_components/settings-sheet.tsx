'use client';

import { useState } from 'react';
import { loginHref } from '@/app/_components/login-href';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { Confirm } from '@/app/_components/ui/confirm';
import { Switch, TextField } from '@/app/_components/ui/field';
import { Sheet } from '@/app/_components/ui/sheet';
import { Stepper } from '@/app/_components/ui/stepper';
import { api, type RoomSettings } from '@/lib/client/api-client';
import { LatestChanges } from '@/lib/client/latest-changes';
import { useRoom, useRoomStore } from '@/lib/client/use-room';
import type { RoomDto } from '@/lib/shared/snapshot';
import { OtherAccount } from './other-account';
import { OwnName } from './people-sheet';
import { PressError } from './press-error';
import { roomTitle } from './room-title';
import { useLeaving } from './use-leaving';

/** What a setting says once it is changed. */
const words = {
  name: (room: RoomDto) => `The room is called ${roomTitle(room)}.`,
  guestsCanPause: (room: RoomDto) => (room.guestsCanPause ? 'Guests can pause.' : 'Only you can pause.'),
  votesToSkip: (room: RoomDto) => `Votes to skip: ${room.votesToSkip}.`,
} as const;
type SettingName = keyof typeof words;

/** The last change, and how to take it back. */
interface Change {
  readonly name: SettingName;
  readonly back: RoomSettings;
  /** It was taken back itself: what comes next is a change of its own. */
  readonly isUndo: boolean;
}

/** The host's settings: each applies at once, for everybody, and can be taken back. */
export function SettingsSheet({ onAppUrl, onClose }: { readonly onAppUrl: boolean; readonly onClose: () => void }) {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  // What was typed and has not been taken yet; null shows the room's name, whoever changed it.
  const [typedName, setTypedName] = useState<string | null>(null);
  const [nameError, setNameError] = useState<string | null>(null);
  const [last, setLast] = useState<Change | null>(null);
  const [changes] = useState(
    () =>
      new LatestChanges<RoomSettings>((settings) =>
        store.press(() => api.updateRoom(room.code, settings), {}, setNameError),
      ),
  );
  async function change(setting: SettingName, settings: RoomSettings): Promise<boolean> {
    // Several steps of one setting are one change: all of them are taken back.
    const back = last?.name === setting && !last.isUndo ? last.back : { [setting]: room[setting] };
    const worked = await changes.push(settings);
    if (worked) setLast({ name: setting, back, isUndo: false });
    return worked;
  }
  async function undo({ name: setting, back }: Change): Promise<void> {
    const again = { [setting]: room[setting] };
    if (back.name !== undefined) setTypedName(null);
    if (await changes.push(back)) setLast({ name: setting, back: again, isUndo: true });
  }
  async function takeName(): Promise<void> {
    if (typedName === null) return;
    if (typedName.trim() === room.name || (await change('name', { name: typedName }))) setTypedName(null);
  }
  useLeaving(() => void takeName());
  return (
    <Sheet title="Settings" onClose={onClose}>
      <div className="flex flex-col gap-8 py-4">
        <PressError />
        <TextField
          label="Room name"
          value={typedName ?? room.name}
          maxLength={200}
          placeholder={`Room ${room.code}`}
          error={nameError}
          onChange={(event) => {
            setTypedName(event.target.value);
            setNameError(null);
          }}
          onBlur={() => void takeName()}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <div className="flex flex-col divide-y divide-line border-y border-line">
          <Switch
            label="Guests can pause"
            hint="And play on again."
            checked={room.guestsCanPause}
            onChange={(guestsCanPause) => void change('guestsCanPause', { guestsCanPause })}
          />
          <Stepper
            label="Votes to skip"
            hint="Never more than people here."
            value={room.votesToSkip}
            min={1}
            max={100}
            onChange={(votesToSkip) => change('votesToSkip', { votesToSkip })}
          />
        </div>
        <OwnName />
        <Spotify onAppUrl={onAppUrl} />
        <EndRoom />
      </div>
      <div role="status" className="sticky -bottom-6 -mx-5 -mb-6 bg-ground px-5 pb-3 empty:hidden">
        {last !== null && (
          <p className="arrives flex items-center justify-between gap-4 border-t border-line py-2 text-quiet">
            {words[last.name](room)}
            <button
              type="button"
              onClick={() => void undo(last)}
              className="min-h-11 shrink-0 px-3 font-medium text-ink underline underline-offset-4"
            >
              Undo
            </button>
          </p>
        )}
      </div>
    </Sheet>
  );
}

function Spotify({ onAppUrl }: { readonly onAppUrl: boolean }) {
  const store = useRoomStore();
  const code = useRoom((state) => state.snapshot.room.code);
  const connected = useRoom((state) => state.snapshot.spotify.status !== 'not_connected');
  return (
    <section aria-labelledby="spotify-title" className="flex flex-col items-start gap-3">
      <h3 id="spotify-title" className="text-lg font-semibold">
        Spotify
      </h3>
      {connected ? (
        <>
          <Confirm
            label="Disconnect Spotify?"
            question="The login and everything read from Spotify is forgotten at once. The room stays, without music."
            yes="Disconnect"
            no="Keep it"
            onYes={() => void store.press(() => api.disconnectSpotify())}
          >
            {(trigger) => <Button {...trigger}>Disconnect Spotify</Button>}
          </Confirm>
          <p className="text-sm text-faint">
            To take the app’s access away in Spotify as well, open{' '}
            <a
              href="https://www.spotify.com/account/apps/"
              target="_blank"
              rel="noreferrer"
              className="underline underline-offset-4 hover:text-ink"
            >
              spotify.com/account/apps
            </a>
            .
          </p>
        </>
      ) : (
        onAppUrl && (
          <a href={loginHref(`/room/${code}`)} className={buttonClass('plain')}>
            Connect Spotify
          </a>
        )
      )}
      {onAppUrl && <OtherAccount code={code} />}
    </section>
  );
}

function EndRoom() {
  const store = useRoomStore();
  const code = useRoom((state) => state.snapshot.room.code);
  return (
    <section aria-label="End the room" className="flex flex-col items-start gap-3 border-t border-line pt-6">
      <Confirm
        label="End the room for everybody?"
        question="End the room for everybody? The music plays on; the remote is gone."
        yes="End it for everybody"
        no="Keep it open"
        onYes={() => void store.press(() => api.endRoom(code))}
      >
        {(trigger) => (
          <Button look="danger" {...trigger}>
            End the room
          </Button>
        )}
      </Confirm>
    </section>
  );
}
