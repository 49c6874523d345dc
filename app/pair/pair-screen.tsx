'use client';

import { useState, useSyncExternalStore } from 'react';
import { MessagePage } from '@/app/_components/message-page';
import { roomTitle } from '@/app/_components/room-title';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { Sentence } from '@/app/_components/ui/sentence';
import { roomApi } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { readRoomCode } from '@/lib/client/room-code-input';

interface RoomName {
  readonly code: string;
  readonly name: string;
}

function onHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The code of the screen that was scanned; null where there is none. */
function useScannedCode(): string | null {
  return useSyncExternalStore(
    onHash,
    () => readRoomCode(window.location.hash.slice(1)),
    () => null,
  );
}

/** Gives the host's room the screen that was scanned, once somebody presses (SN5). */
export function PairScreen({ room, mayPair }: { readonly room: RoomName | null; readonly mayPair: boolean }) {
  const code = useScannedCode();
  if (room === null) {
    return (
      <MessagePage title="This phone is in no room">
        <p className="text-quiet">
          Only the host of a room, or a co-host, shows it on a screen. Scan the code with their phone.
        </p>
        <a href="/" className={buttonClass('primary')}>
          To the start
        </a>
      </MessagePage>
    );
  }
  if (!mayPair) {
    return (
      <MessagePage title="The host shows the room">
        <p className="text-quiet">
          Only the host and co-hosts give the room a screen. Ask one of them to scan the code.
        </p>
        <a href={`/room/${room.code}`} className={buttonClass('primary')}>
          Back to the room
        </a>
      </MessagePage>
    );
  }
  return <AskOnce key={code} room={room} code={code} />;
}

function AskOnce({ room, code }: { readonly room: RoomName; readonly code: string | null }) {
  const [state, setState] = useState<'asking' | 'busy' | 'done'>('asking');
  const [error, setError] = useState<string | null>(null);

  async function pair(): Promise<void> {
    setState('busy');
    setError(null);
    try {
      await roomApi(() => room.code).pairScreen(code ?? '');
      setState('done');
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.detail);
      setState('asking');
    }
  }

  return (
    <MessagePage title={state === 'done' ? 'The screen shows the room' : 'Show the room on this screen?'}>
      <Sentence className="text-quiet">
        <bdi translate="no">{roomTitle(room)}</bdi> is shown there with its songs, its votes and the way in, until
        somebody takes the screen away.
      </Sentence>
      <p role="alert" className="text-danger empty:hidden">
        {error}
      </p>
      <div className="flex flex-wrap gap-3">
        {state !== 'done' && (
          <Button variant="primary" disabled={state === 'busy'} onClick={() => void pair()}>
            Show it there
          </Button>
        )}
        <a href={`/room/${room.code}`} className={buttonClass('plain')}>
          Back to the room
        </a>
      </div>
    </MessagePage>
  );
}
