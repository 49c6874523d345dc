'use client';

import { Brand } from '@/app/_components/brand';
import { noWayInWords } from '@/app/_components/no-way-in-words';
import { QrCode } from '@/app/_components/qr-code';
import { Sentence } from '@/app/_components/ui/sentence';
import { useOwnScreen } from './use-own-screen';

/** A TV that shows no room yet: its code to scan or to type, readable at five metres, for somebody who does not know what to do. */
export function TvScreen({
  origin,
  hereAlone,
  joinPath,
}: {
  /** Where phones reach the app; null where none does. */
  readonly origin: string | null;
  readonly hereAlone: boolean;
  /** Where a person goes who came here by mistake. */
  readonly joinPath: string;
}) {
  const { code, problem } = useOwnScreen();
  return (
    <main className="grid min-h-dvh grid-cols-1 items-center gap-[5vmin] p-[5vmin] text-[max(1rem,3.4vmin)] leading-snug landscape:grid-cols-[minmax(0,min(62vh,38vw))_minmax(0,1fr)] landscape:gap-x-[7vmin]">
      <div className="mx-auto w-full max-w-[min(62vh,90vw)]">
        {origin !== null && code !== null && (
          <QrCode text={`${origin}/pair#${code}`} label="QR code with which the host shows a room here" />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-[3vmin]">
        <Brand />
        <h1 className="text-[max(1.75rem,7vmin)] font-semibold">Show a room on this screen</h1>
        {origin === null ? (
          <p className="text-quiet">{noWayInWords(hereAlone)}</p>
        ) : (
          <>
            <p>Scan this with the phone of the host, and press once.</p>
            <p className="text-quiet">Or press the room’s code there, then “Show the room on a TV”, and type</p>
          </>
        )}
        <p
          translate="no"
          data-code={code ?? ''}
          className="min-h-[1.2em] font-title text-[max(2.5rem,min(16vmin,9vw))] leading-[1.2] font-semibold tracking-[0.14em] whitespace-nowrap"
        >
          {code}
        </p>
        <p role="status" className="min-h-[1.4em] text-accent">
          {problem}
        </p>
        {origin !== null && (
          <Sentence className="text-[0.8em] text-quiet">
            No room yet? Start one at <bdi translate="no">{origin.replace(/^https?:\/\//, '')}</bdi>
          </Sentence>
        )}
        <p className="flex flex-wrap gap-x-[4vmin] text-[max(0.875rem,2.4vmin)] text-faint">
          <a href={joinPath} className="inline-flex min-h-11 items-center hover:text-ink">
            Join as a person
          </a>
          <a href="/privacy" className="inline-flex min-h-11 items-center hover:text-ink">
            Privacy
          </a>
        </p>
      </div>
    </main>
  );
}
