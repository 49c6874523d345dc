import type { ReactNode } from 'react';
import { Brand } from './brand';

/** A page to read. */
export function TextPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="mx-auto max-w-2xl px-6 py-8">
      <a href="/" className="inline-flex min-h-12 items-center">
        <Brand small />
      </a>
      <h1 className="mt-10 mb-8 text-5xl font-semibold">{title}</h1>
      <div className="flex flex-col gap-4 pb-20 text-quiet [&_a]:text-ink [&_a]:underline [&_a]:underline-offset-4 [&_h2]:mt-6 [&_h2]:text-2xl [&_h2]:font-semibold [&_h2]:text-ink [&_li]:mb-2 [&_ul]:list-disc [&_ul]:pl-5">
        {children}
      </div>
    </main>
  );
}
