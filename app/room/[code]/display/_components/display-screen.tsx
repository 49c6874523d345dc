'use client';

import { QrCode } from '@/app/_components/qr-code';
import { SimulatedNotice } from '@/app/_components/simulated-notice';
import { RoomProvider, useRoom } from '@/lib/client/use-room';
import type { AppFacts } from '@/lib/server/rooms/pages';
import type { RoomView } from '@/lib/shared/snapshot';
import { Cover } from '../../_components/cover';
import { Farewell } from '../../_components/farewell';
import { ReadOnlyProgress } from '../../_components/progress';
import { roomTitle } from '../../_components/room-title';

/** What a TV shows: readable at five metres, and calm. */
export function DisplayScreen({ initial, app }: { readonly initial: RoomView; readonly app: AppFacts }) {
  return (
    <RoomProvider initial={initial}>
      <Display app={app} />
    </RoomProvider>
  );
}

function Display({ app }: { readonly app: AppFacts }) {
  const connection = useRoom((state) => state.connection);
  const room = useRoom((state) => state.snapshot.room);
  const track = useRoom((state) => state.snapshot.playback.track);
  const skip = useRoom((state) => state.snapshot.skip);
  if (connection.kind === 'closed') return <Farewell reason={connection.reason} />;
  const link = `${app.inviteOrigin}/room/${room.code}`;
  return (
    <main
      data-connection={connection.kind}
      className="grid min-h-dvh grid-cols-1 items-center gap-[5vw] p-[4vw] landscape:grid-cols-[minmax(0,56vh)_minmax(0,1fr)]"
    >
      {track === null ? (
        <div aria-hidden className="aspect-square w-full rounded-lg border border-line" />
      ) : (
        <Cover album={track.album} url={track.artworkUrl} />
      )}
      <div className="flex h-full min-w-0 flex-col justify-between gap-[4vh]">
        <h1 className="font-sans text-[max(1rem,2.2vh)] tracking-normal text-quiet">{roomTitle(room)}</h1>
        <div>
          <h2 key={track?.uri} className="arrives line-clamp-3 text-[max(2rem,9vh)] font-semibold">
            {track?.name ?? 'Nothing is playing'}
          </h2>
          <p className="mt-[2vh] line-clamp-2 text-[max(1.25rem,4.5vh)] text-quiet">{track?.artists.join(', ')}</p>
          <div className="mt-[3vh]">
            <ReadOnlyProgress />
          </div>
        </div>
        <div className="flex items-end justify-between gap-[3vw]">
          <div>
            {skip.votes > 0 && (
              <p className="mb-[2vh] font-title text-[max(1.25rem,4vh)] text-accent tabular-nums">
                Skip, {skip.votes} of {skip.required}
              </p>
            )}
            <p className="text-[max(0.875rem,2vh)] text-faint">Join with</p>
            <p className="font-title text-[max(1.5rem,6vh)] font-semibold tracking-[0.2em]">{room.code}</p>
            {app.simulated && <SimulatedNotice />}
          </div>
          <div className="w-[max(6rem,20vh)] shrink-0">
            <QrCode text={link} label={`QR code that opens ${link}`} />
          </div>
        </div>
      </div>
    </main>
  );
}
