'use client';

import { type FormEvent, useState } from 'react';
import { Brand } from '@/app/_components/brand';
import { InAppNotice } from '@/app/_components/in-app-notice';
import { SimulatedNotice } from '@/app/_components/simulated-notice';
import { textOf } from '@/app/_components/text-of';
import { TextField } from '@/app/_components/ui/field';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { type RoomApi, roomApi } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';
import type { AppFacts } from '@/lib/shared/contract/app';
import { enterJoined } from './joined';

/** Said to people who are new while the room is locked (HT1). */
const locked = 'The host lets nobody new in right now. Ask them to unlock the room, and press Join again.';

/** Whether this browser is in the room, or at its door, as it was told a moment ago (MB6). */
function isAt(door: RoomApi): () => Promise<boolean> {
  return async () => {
    try {
      await door.view();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.code !== 'not_a_member';
    }
  };
}

/** The way into a room: a name, and in, or to its door. */
export function JoinScreen({
  room,
  app,
}: {
  readonly room: { readonly code: string; readonly name: string };
  readonly app: Pick<AppFacts, 'simulated' | 'inAppBrowser'>;
}) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function join(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name');
    setBusy(true);
    setError(null);
    try {
      const door = roomApi(() => room.code);
      await openingSession(() => door.join(name), isAt(door));
      enterJoined();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.code === 'room_locked' ? locked : (failure.errors[0]?.message ?? failure.detail));
      setBusy(false);
    }
  }

  return (
    <div className="mx-auto flex min-h-dvh max-w-md flex-col px-6 py-6">
      <header className="flex min-h-12 items-center justify-between">
        <a href="/" className="inline-flex min-h-12 items-center">
          <Brand small />
        </a>
      </header>
      <main className="my-auto flex flex-col gap-8 py-10">
        <div>
          <p className="mb-3 text-quiet">You are invited to</p>
          <h1 translate="no" className="text-5xl font-semibold">
            {room.name === '' ? `Room ${room.code}` : room.name}
          </h1>
          {room.name !== '' && (
            <p translate="no" className="mt-3 font-title text-xl tracking-[0.25em] text-faint">
              {room.code}
            </p>
          )}
        </div>
        <InAppNotice browser={app.inAppBrowser} />
        <form onSubmit={(event) => void join(event)} className="flex flex-col gap-5">
          <TextField
            label="Your name"
            name="name"
            required
            maxLength={200}
            autoFocus
            autoComplete="nickname"
            enterKeyHint="go"
            error={error}
            hint="Everybody in the room sees it."
          />
          <SubmitButton variant="primary" disabled={busy}>
            {busy ? 'Joining…' : 'Join the room'}
          </SubmitButton>
        </form>
        <p className="text-sm text-faint">
          No account, no app. The music comes from the host’s speaker; you hold the remote.
        </p>
      </main>
      <footer className="text-sm">{app.simulated && <SimulatedNotice />}</footer>
    </div>
  );
}
