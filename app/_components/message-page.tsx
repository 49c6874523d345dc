import type { ReactNode } from 'react';
import { Brand } from './brand';
import { DarkRecord } from './dark-record';

/** A page with one thing to say and one thing to press. */
export function MessagePage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col gap-8 px-6 py-8">
      <a href="/" className="inline-flex min-h-12 items-center self-start">
        <Brand small />
      </a>
      <div className="my-auto flex flex-col items-start gap-5 pb-24">
        <DarkRecord className="max-w-36" />
        <h1 className="text-4xl font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  );
}
