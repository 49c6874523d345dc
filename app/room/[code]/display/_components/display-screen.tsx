'use client';

import { useEffect } from 'react';
import { RecordIllustration } from '@/app/_components/record-illustration';
import { QrCode } from '@/app/_components/qr-code';
import { SimulatedNotice } from '@/app/_components/simulated-notice';
import { Sentence } from '@/app/_components/ui/sentence';
import { RoomProvider, useApp, useRoom } from '@/lib/client/room/use-room';
import type { AppFacts } from '@/lib/shared/contract/app';
import type { RoomView } from '@/lib/shared/contract/snapshot';
import { Cover } from '@/app/room/[code]/_components/song/cover';
import { RoomClosed } from '@/app/room/[code]/_components/entry/room-closed';
import { ReadOnlyProgress } from '@/app/room/[code]/_components/song/progress';
import { roomTitle } from '@/app/_components/room-title';
import { NoWayIn } from '@/app/room/[code]/_components/people/no-way-in';
import { Meter } from '@/app/room/[code]/_components/remote/skip-bar';
import { nothingPlayingWords } from '@/app/room/[code]/_components/song/nothing-playing-words';
import { spotifyWords } from '@/app/room/[code]/_components/notices/spotify-words';
import { useRoomAddress } from '@/app/room/[code]/_components/entry/use-room-address';
import { useConnectionWords } from '@/app/room/[code]/_components/notices/use-connection-words';
import { useWakeLock } from './use-wake-lock';

/** What a TV shows: readable at five metres, and calm. */
export function DisplayScreen({ initial, app }: { readonly initial: RoomView; readonly app: AppFacts }) {
  return (
    <RoomProvider initial={initial} app={app}>
      <Display />
    </RoomProvider>
  );
}

function Display() {
  const { simulated } = useApp();
  const connection = useRoom((state) => state.connection);
  const title = useRoom((state) => roomTitle(state.snapshot.room));
  const track = useRoom((state) => state.snapshot.playback.track);
  const isScreen = useRoom((state) => state.you.role === 'screen');
  useWakeLock();
  useRoomAddress();
  if (connection.kind === 'closed' && isScreen && connection.reason !== 'replaced') return <BackToCode />;
  if (connection.kind === 'closed') return <RoomClosed reason={connection.reason} onTv />;
  return (
    <main
      data-connection={connection.kind}
      className="grid min-h-dvh grid-cols-1 landscape:h-screen landscape:supports-[height:1dvh]:h-dvh items-center gap-[5vmin] p-[5vmin] landscape:grid-cols-[minmax(0,min(68vh,44vw))_minmax(0,1fr)] landscape:grid-rows-[minmax(0,1fr)_auto] landscape:gap-x-[8vmin] landscape:gap-y-[3vmin]"
    >
      {track === null ? <RecordIllustration /> : <Cover album={track.album} url={track.artworkUrl} />}
      <div className="flex h-full min-w-0 flex-col justify-between gap-[3vmin] landscape:row-span-2">
        <header className="flex shrink-0 items-baseline justify-between gap-[3vmin] text-[max(1rem,2.6vmin)] text-quiet">
          <h1 translate="no" className="truncate font-sans font-normal tracking-normal">
            {title}
          </h1>
          {simulated && <SimulatedNotice />}
        </header>
        <Song />
        <JoinInfo />
      </div>
      <Next />
    </main>
  );
}

/** A screen that shows its room no more, or missed the room's new code, is told at `/tv` what to show (SN4). */
function BackToCode() {
  useEffect(() => window.location.replace('/tv'), []);
  return null;
}

/** The more there is to say below the title, the smaller it is: the way in stays on the screen (0, 1 or 2 things). */
const titleSizes = [
  'text-[max(2rem,min(10vmin,5.6vw))]',
  'text-[max(2rem,min(8.5vmin,4.8vw))]',
  'text-[max(1.75rem,min(6vmin,3.4vw))]',
] as const;

function Song() {
  const { track, status } = useRoom((state) => state.snapshot.playback);
  const notConnected = useRoom((state) => state.snapshot.spotify.status === 'not_connected');
  const asleep = nothingPlayingWords(status);
  const hasVotes = useRoom((state) => state.snapshot.skip.votes > 0);
  const trouble = useStatusWords();
  const more = (hasVotes ? 1 : 0) + (trouble === null ? 0 : 1);
  const title = `line-clamp-2 text-wrap leading-[1.15] font-semibold ${titleSizes[more] ?? ''}`;
  const text = `mt-[2vmin] text-[max(1.25rem,4.6vmin)] leading-snug text-quiet ${more === 0 || track === null ? 'line-clamp-2' : 'truncate'}`;
  if (track === null) {
    return (
      <div className="min-h-0">
        <h2 className={title}>{notConnected ? 'The room is asleep' : asleep.title}</h2>
        <p className={text}>{notConnected ? 'The host has to connect Spotify.' : asleep.text}</p>
        <StatusLine words={trouble} />
      </div>
    );
  }
  return (
    <div className="min-h-0 text-[max(1rem,2.6vmin)]">
      <h2 key={track.uri} translate="no" className={`arrives ${title}`}>
        {track.name}
      </h2>
      <p translate="no" className={text}>
        {track.artists.join(', ')}
      </p>
      <AddedBy />
      <div className="mt-[3vmin] text-[max(1rem,3.2vmin)]">
        <ReadOnlyProgress />
      </div>
      <Votes />
      <StatusLine words={trouble} />
    </div>
  );
}

function AddedBy() {
  const name = useRoom((state) => state.snapshot.playback.addedByName);
  if (name === null) return null;
  return (
    <Sentence className="mt-[1.5vmin] truncate text-[max(1rem,3.2vmin)] text-faint">
      Added by <bdi translate="no">{name}</bdi>
    </Sentence>
  );
}

/** What is next, so that everybody knows without a phone in the hand. */
function Next() {
  const item = useRoom(({ queue }) => queue.find(({ state }) => state !== 'pending') ?? null);
  if (item === null) return null;
  const { name, artists } = item.track;
  return (
    <section
      key={item.id}
      aria-label="Next"
      className="arrives min-w-0 text-[max(1rem,3.4vmin)] leading-snug text-quiet"
    >
      <Sentence className="truncate text-[0.8em] text-faint">
        Next, added by <bdi translate="no">{item.addedByName}</bdi>
      </Sentence>
      <p translate="no" className="truncate font-medium text-ink">
        {name}
      </p>
      <p translate="no" className="truncate">
        {artists.join(', ')}
      </p>
    </section>
  );
}

/** The meter fills where everybody sees it; without votes there is nothing to see. */
function Votes() {
  const { votes, required } = useRoom((state) => state.snapshot.skip);
  if (votes === 0) return null;
  return (
    <p className="arrives relative mt-[2vmin] flex h-[max(3rem,8vmin)] items-center overflow-hidden rounded-full border border-control px-[4vmin] font-title text-[max(1.25rem,3.4vmin)] font-semibold tabular-nums">
      <Meter votes={votes} required={required} />
      <span className="relative">{`Skip, ${votes} of ${required}`}</span>
    </p>
  );
}

/** What is wrong, for a room that cannot press anything here. */
function useStatusWords(): string | null {
  const connection = useConnectionWords();
  const spotify = useRoom((state) => spotifyWords(state.snapshot.spotify, false));
  return connection ?? spotify;
}

function StatusLine({ words }: { readonly words: string | null }) {
  return (
    <p role="status" className="line-clamp-3 text-[max(1rem,2.6vmin)] leading-snug text-quiet not-empty:mt-[2vmin]">
      {words}
    </p>
  );
}

function JoinInfo() {
  const [address] = useApp().invite;
  const code = useRoom((state) => state.snapshot.room.code);
  if (address === undefined) return <NoWayIn />;
  const link = `${address.origin}/room/${code}`;
  return (
    <div className="flex shrink-0 items-end justify-between gap-[3vmin]">
      <div className="min-w-0">
        <p className="text-[max(0.875rem,2.6vmin)] text-faint">Hold the remote: scan, or join with</p>
        <p
          translate="no"
          className="font-title text-[max(1.5rem,min(7vmin,3.9vw))] leading-tight font-semibold tracking-[0.2em] whitespace-nowrap"
        >
          {code}
        </p>
        <p translate="no" className="text-[max(0.875rem,2.2vmin)] break-all text-faint">
          {address.origin.replace(/^https?:\/\//, '')}
        </p>
      </div>
      <div className="w-[max(7rem,22vmin)] shrink-0">
        <QrCode text={link} label={`QR code that opens ${link}`} />
      </div>
    </div>
  );
}
