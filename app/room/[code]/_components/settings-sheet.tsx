'use client';

import { useState } from 'react';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { Confirm } from '@/app/_components/ui/confirm';
import { Stepper, Switch, TextField } from '@/app/_components/ui/field';
import { Sheet } from '@/app/_components/ui/sheet';
import { api, type RoomSettings } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/use-room';
import { OwnName } from './people-sheet';
import { PressError } from './press-error';

/** The host's settings: each applies at once, for everybody. */
export function SettingsSheet({ onAppUrl, onClose }: { readonly onAppUrl: boolean; readonly onClose: () => void }) {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  const [name, setName] = useState(room.name);
  const change = (settings: RoomSettings): void => void store.press(() => api.updateRoom(room.code, settings));
  return (
    <Sheet title="Settings" onClose={onClose}>
      <div className="flex flex-col gap-8 py-4">
        <PressError />
        <TextField
          label="Room name"
          value={name}
          maxLength={200}
          placeholder={`Room ${room.code}`}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => name === room.name || change({ name })}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <div className="flex flex-col divide-y divide-line border-y border-line">
          <Switch
            label="Guests can pause"
            hint="And play on again."
            checked={room.guestsCanPause}
            onChange={(guestsCanPause) => change({ guestsCanPause })}
          />
          <Stepper
            label="Votes to skip"
            hint="Never more than people here."
            value={room.votesToSkip}
            min={1}
            max={100}
            onChange={(votesToSkip) => change({ votesToSkip })}
          />
        </div>
        <OwnName />
        <Spotify onAppUrl={onAppUrl} />
        <EndRoom />
      </div>
    </Sheet>
  );
}

function Spotify({ onAppUrl }: { readonly onAppUrl: boolean }) {
  const store = useRoomStore();
  const code = useRoom((state) => state.snapshot.room.code);
  const status = useRoom((state) => state.snapshot.spotify.status);
  return (
    <section aria-labelledby="spotify-title" className="flex flex-col items-start gap-3">
      <h3 id="spotify-title" className="text-lg font-semibold">
        Spotify
      </h3>
      {status === 'not_connected' ? (
        onAppUrl && (
          <a href={`/api/spotify/authorize?returnTo=/room/${code}`} className={buttonClass('plain')}>
            Connect Spotify
          </a>
        )
      ) : (
        <Button onClick={() => void store.press(() => api.disconnectSpotify())}>Disconnect Spotify</Button>
      )}
      <p className="text-sm text-faint">
        Disconnecting forgets the login and everything read from Spotify at once; the room stays. To take the app’s
        access away in Spotify as well, open{' '}
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
