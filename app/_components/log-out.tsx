'use client';

import { useState } from 'react';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { Button } from './ui/button';
import { Confirm } from './ui/confirm';

const out = 'This browser is logged out.';
const othersOut = 'Every other browser is logged out.';

/** Logging this browser out, and where Spotify is connected every other one with that account; a host is asked once more (LG10, LG11). */
export function LogOut({
  isHost,
  isConnected,
}: {
  /** Whether this browser hosts a live room. */
  readonly isHost: boolean;
  readonly isConnected: boolean;
}) {
  const [said, setSaid] = useState<{ readonly text: string; readonly failed: boolean } | null>(null);

  async function run(work: () => Promise<void>, done: string): Promise<void> {
    setSaid(null);
    try {
      await work();
      setSaid({ text: done, failed: false });
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setSaid({ text: failure.detail, failed: true });
    }
  }
  const logOut = (): void => void run(api.logOut, out);

  if (said?.text === out) return <p role="status">{out}</p>;
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="flex flex-wrap gap-3">
        {isHost ? (
          <Confirm
            label="Log out?"
            question="Your room ends for everybody, and your Spotify login is forgotten here. The music plays on."
            yes="Log out and end the room"
            no="Stay"
            onYes={logOut}
          >
            {(trigger) => <Button {...trigger}>Log out</Button>}
          </Confirm>
        ) : (
          <Button onClick={logOut}>Log out</Button>
        )}
        {isConnected && (
          <Confirm
            // Asked anew after it was done.
            key={said?.text}
            label="Log out everywhere else?"
            question="Every other browser that is logged in with your Spotify account is logged out, and rooms that they host end. This one stays as it is."
            yes="Log the others out"
            no="Leave them"
            onYes={() => void run(api.logOutOthers, othersOut)}
          >
            {(trigger) => <Button {...trigger}>Log out everywhere else</Button>}
          </Confirm>
        )}
      </div>
      {said !== null && (
        <p role={said.failed ? 'alert' : 'status'} className="text-sm text-quiet">
          {said.text}
        </p>
      )}
    </div>
  );
}
