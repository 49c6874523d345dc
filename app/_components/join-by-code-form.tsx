'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { roomApi } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { readRoomCode } from '@/lib/client/room-code-input';
import { TextField } from './ui/field';
import { SubmitButton } from './ui/submit-button';

const doesNotWork = 'That code does not work. Check it with whoever invited you.';

/** At home the app is a computer in the same Wi-Fi; a site is reached by https. */
function whatToCheck(): string {
  return window.location.protocol === 'https:'
    ? 'Check your connection and try again.'
    : 'Check that you are in the same Wi-Fi as the computer that runs Roomtone, and try again.';
}

/** Whether there is a room to go to; the room's own page says the rest. */
async function problemWith(code: string): Promise<string | null> {
  try {
    await roomApi(() => code).view();
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'network') return `The app could not be reached. ${whatToCheck()}`;
    if (error.code === 'not_a_member' || error.code === 'removed_by_host') return null;
    if (error.code === 'room_not_found' || error.code === 'room_ended') return doesNotWork;
    return error.detail;
  }
}

/** What stands in the field after this was typed or pasted. */
const asCode = (typed: string): string => readRoomCode(typed) ?? typed.toUpperCase();

/** Goes to a room by its code, or by a pasted link. */
export function JoinByCodeForm() {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // What was typed before the page's code was there (SC11).
  useEffect(() => setText(asCode(field.current?.value ?? '')), []);

  async function join(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const code = readRoomCode(text);
    if (code === null)
      return setError(text.trim() === '' ? 'Type the six letters and numbers of the room.' : doesNotWork);
    setBusy(true);
    const problem = await problemWith(code);
    if (problem === null) return window.location.assign(`/room/${code}`);
    setError(problem);
    setBusy(false);
  }

  return (
    <form aria-labelledby="join-title" onSubmit={(event) => void join(event)} className="flex flex-col gap-5">
      <h2 id="join-title" className="text-2xl font-semibold">
        Join a room
      </h2>
      <TextField
        ref={field}
        label="Room code"
        value={text}
        onChange={(event) => {
          setText(asCode(event.target.value));
          setError(null);
        }}
        error={error}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={300}
        className="min-h-18 text-center font-title text-3xl tracking-[0.3em] uppercase tabular-nums"
      />
      <SubmitButton disabled={busy}>{busy ? 'Looking…' : 'Join'}</SubmitButton>
    </form>
  );
}
