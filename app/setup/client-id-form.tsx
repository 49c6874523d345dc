import { type FormEvent, useState } from 'react';
import { textOf } from '@/app/_components/text-of';
import { TextField } from '@/app/_components/ui/field';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';
import type { OwnAppResponse } from '@/lib/shared/contract/spotify';

/** What of something pasted cannot be a client id; null where it may be one. Only Spotify can tell it from a secret. */
function findMistake(pasted: string): string | null {
  if (/^[0-9a-f]{32}$/i.test(pasted)) return null;
  if (pasted === '') return 'Paste the client id here.';
  if (/^https?:/i.test(pasted))
    return 'That is an address. The client id is the line of 32 digits and letters on the app’s page.';
  return `A client id has 32 characters, digits and the letters a to f; that has ${pasted.length}. Copy it once more, whole.`;
}

/** Takes the client id of the host's own app. */
export function ClientIdForm({
  used,
  isConnected,
  onChosen,
}: {
  readonly used: OwnAppResponse;
  readonly isConnected: boolean;
  readonly onChosen: (used: OwnAppResponse) => void;
}) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function choose(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const pasted = textOf(new FormData(event.currentTarget), 'clientId').trim();
    const mistake = findMistake(pasted);
    setError(mistake);
    if (mistake !== null) return;
    setBusy(true);
    try {
      onChosen(
        await openingSession(
          () => api.chooseOwnApp(pasted),
          async ({ own }) => (await api.spotifyApp()).own?.clientId === own?.clientId,
        ),
      );
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.detail);
    }
    setBusy(false);
  }

  return (
    <form
      aria-label="Client id"
      noValidate
      onSubmit={(event) => void choose(event)}
      className="flex w-full flex-col gap-3"
    >
      <TextField
        label="Client id"
        name="clientId"
        defaultValue={used.own?.clientId ?? ''}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        translate="no"
        className="font-mono"
        error={error}
      />
      {isConnected && (
        <p className="text-sm text-faint">
          Spotify is connected. Another app disconnects it, and a room that you host forgets its queue.
        </p>
      )}
      <SubmitButton disabled={busy} className="self-start">
        {busy ? 'One moment…' : 'Use this app'}
      </SubmitButton>
    </form>
  );
}
