'use client';

import { type FormEvent, useState } from 'react';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';
import { textOf } from './text-of';
import { Switch, TextField } from './ui/field';
import { SubmitButton } from './ui/submit-button';
import { Stepper } from './ui/stepper';

/** Makes a room and goes there. */
export function StartRoomForm() {
  const [guestsCanPause, setGuestsCanPause] = useState(false);
  const [votesToSkip, setVotesToSkip] = useState(2);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const fieldError = (path: string): string | null =>
    error?.errors.find((entry) => entry.path === path)?.message ?? null;

  async function start(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, hostName] = [textOf(form, 'name'), textOf(form, 'hostName').trim()];
    setBusy(true);
    setError(null);
    try {
      const input = { name, guestsCanPause, votesToSkip, ...(hostName === '' ? {} : { hostName }) };
      const room = await openingSession(() => api.createRoom(input));
      window.location.assign(`/room/${room.code}`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      setBusy(false);
    }
  }

  return (
    <form aria-labelledby="start-title" onSubmit={(event) => void start(event)} className="flex flex-col gap-5">
      <h2 id="start-title" className="text-2xl font-semibold">
        Start a room
      </h2>
      <p className="-mt-3 text-sm text-quiet">You need Spotify Premium. Your guests need nothing.</p>
      <TextField
        label="Room name"
        name="name"
        maxLength={200}
        placeholder="Kitchen, Friday night"
        autoComplete="off"
        error={fieldError('name')}
      />
      <TextField
        label="Your name"
        name="hostName"
        maxLength={200}
        placeholder="Host"
        autoComplete="nickname"
        error={fieldError('hostName')}
      />
      <div className="flex flex-col divide-y divide-line border-y border-line">
        <Switch
          label="Guests can pause"
          hint="And play on again."
          checked={guestsCanPause}
          onChange={setGuestsCanPause}
        />
        <Stepper
          label="Votes to skip"
          hint="Never more than people here."
          value={votesToSkip}
          min={1}
          max={100}
          onChange={setVotesToSkip}
        />
      </div>
      {error !== null && error.errors.length === 0 && (
        <p role="alert" className="text-danger">
          {error.detail}
        </p>
      )}
      <SubmitButton variant="primary" disabled={busy}>
        {busy ? 'Starting…' : 'Start the room'}
      </SubmitButton>
    </form>
  );
}
