'use client';

import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';

/** Begins a demo and goes there. */
export function StartDemo() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function start(): Promise<void> {
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
    <>
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      <Button variant="primary" disabled={busy} onClick={() => void start()}>
        {busy ? 'Opening…' : 'Open a demo room'}
      </Button>
    </>
  );
}
