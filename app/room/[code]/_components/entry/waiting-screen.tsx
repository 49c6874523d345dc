'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { MessagePage } from '@/app/_components/message-page';
import { roomTitle } from '@/app/_components/room-title';
import { Button } from '@/app/_components/ui/button';
import { Sentence } from '@/app/_components/ui/sentence';
import { roomApi } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { type Connection, RoomStream } from '@/lib/client/room/room-stream';

interface AtDoor {
  readonly room: { readonly code: string; readonly name: string };
  readonly name: string;
}

/** Said to who waits at a room's door (AM2). When somebody lets them in, or does not, the page goes on by itself. */
export function WaitingScreen({ room, name }: AtDoor) {
  const router = useRouter();
  const [knocks, setKnocks] = useState(0);

  /** Whoever was not heard of for two minutes, a phone in a pocket, waits no longer: looking at the page again is knocking again (AM3). */
  async function knockAgain(): Promise<void> {
    const outcome = await roomApi(() => room.code)
      .join(name)
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        return null;
      });
    if (outcome === 'waiting') setKnocks(knocks + 1);
    else router.refresh();
  }

  return (
    <Waiting key={knocks} room={room} name={name} onEnd={() => router.refresh()} onLost={() => void knockAgain()} />
  );
}

function Waiting({ room, name, onEnd, onLost }: AtDoor & { readonly onEnd: () => void; readonly onLost: () => void }) {
  const [connection, setConnection] = useState<Connection>({ kind: 'connecting' });
  const [error, setError] = useState<string | null>(null);
  const onConnection = useEffectEvent((next: Connection): void => {
    setConnection(next);
    if (next.kind !== 'closed' || next.reason === 'replaced') return;
    if (next.reason === 'not_a_member') onLost();
    else onEnd();
  });
  useEffect(() => {
    const nothing = (): void => undefined;
    const handlers = { onSnapshot: nothing, onYou: nothing, onConnection: (next: Connection) => onConnection(next) };
    const stream = new RoomStream(() => room.code, handlers);
    stream.start();
    return () => stream.stop();
  }, [room.code]);

  async function giveUp(): Promise<void> {
    try {
      await roomApi(() => room.code).leave();
      onEnd();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.detail);
    }
  }

  const isAway = connection.kind === 'reconnecting';
  return (
    <MessagePage title="You are at the door">
      <Sentence className="text-quiet">
        The host of <bdi translate="no">{roomTitle(room)}</bdi> sees that <bdi translate="no">{name}</bdi> waits, and
        lets you in. This page opens by itself then.
      </Sentence>
      <p role="status" className="text-sm text-faint">
        {isAway ? 'The connection to the room was lost. Trying again…' : 'Waiting…'}
      </p>
      {error !== null && <p role="alert">{error}</p>}
      <Button onClick={() => void giveUp()}>Give up</Button>
    </MessagePage>
  );
}
