import type { ReactNode } from 'react';

/** One thing to do. */
export function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <li className="flex gap-4">
      <span
        aria-hidden
        className="flex size-9 shrink-0 items-center justify-center rounded-full border border-control font-title font-semibold"
      >
        {number}
      </span>
      <div className="flex min-w-0 grow flex-col items-start gap-3 text-quiet">
        <h2 className="pt-1 text-xl font-semibold text-ink">{title}</h2>
        {children}
      </div>
    </li>
  );
}
