import type { ReactNode } from 'react';
import { Brand } from './brand';
import { RecordIllustration } from './record-illustration';

/** A page with one thing to say and one thing to press. On a TV it is read at five metres. */
export function MessagePage({
  title,
  forTv = false,
  children,
}: {
  readonly title: string;
  readonly forTv?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <main
      className={`mx-auto flex min-h-dvh flex-col gap-8 px-6 py-8 ${forTv ? 'max-w-[120vmin] text-[max(1rem,4vmin)]' : 'max-w-xl'}`}
    >
      <a href="/" className="inline-flex min-h-12 items-center self-start">
        <Brand small />
      </a>
      <div className="my-auto flex flex-col items-start gap-5 pb-24">
        <RecordIllustration className={forTv ? 'max-w-[24vmin]' : 'max-w-36'} />
        <h1 className={`font-semibold ${forTv ? 'text-[max(2.25rem,9vmin)]' : 'text-4xl'}`}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
