'use client';

import { type FormEvent, useState } from 'react';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';

/** Begins a demo and goes there. A form, whose button waits for the page's code: a press before would be lost without a word (SC11). */
export function StartDemo() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function start(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      window.location.assign(`/room/${await openingSession(api.startDemo)}`);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setProblem(failure.detail);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void start(event)} className="contents">
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      <SubmitButton variant="primary" disabled={busy}>
        {busy ? 'Opening…' : 'Open a demo room'}
      </SubmitButton>
    </form>
  );
}
