'use client';

import { type FormEvent, useState } from 'react';
import { MessagePage } from '@/app/_components/message-page';
import { textOf } from '@/app/_components/text-of';
import { TextField } from '@/app/_components/ui/field';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';

/** Makes this device the host, once somebody presses. */
export function TakeOver() {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function take(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    const code = window.location.hash.slice(1);
    setBusy(true);
    setError(null);
    try {
      const room = await openingSession(() => api.takeOver({ code, ...(name === '' ? {} : { name }) }));
      // The code is used: it does not stay in the browser's history.
      window.location.replace(`/room/${room.code}`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.errors[0]?.message ?? failure.detail);
      setBusy(false);
    }
  }

  return (
    <MessagePage title="Continue here as the host">
      <p className="text-quiet">
        This device gets the room’s remote and its Spotify. The one that showed the code stays as a guest.
      </p>
      <form onSubmit={(event) => void take(event)} className="flex w-full max-w-sm flex-col gap-4">
        <TextField
          label="Your name"
          name="name"
          maxLength={200}
          autoComplete="nickname"
          enterKeyHint="go"
          error={error}
          hint="Leave it empty if you are in the room already."
        />
        <SubmitButton variant="primary" disabled={busy}>
          {busy ? 'One moment…' : 'Continue here'}
        </SubmitButton>
      </form>
    </MessagePage>
  );
}
