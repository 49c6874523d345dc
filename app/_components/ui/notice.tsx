import type { ReactNode } from 'react';

/** The mark before a notice's sentence. */
export function NoticeDot({ isGood = false }: { readonly isGood?: boolean }) {
  return <span aria-hidden className={`size-2 shrink-0 rounded-full ${isGood ? 'bg-accent' : 'bg-quiet'}`} />;
}

/** A line that says something in the page, and what can be pressed about it. Without a sentence it is an empty live region. */
export function Notice({
  text,
  actions,
  role = 'status',
  isGood = false,
}: {
  readonly text: string | null;
  readonly actions?: ReactNode;
  readonly role?: 'status' | 'alert';
  readonly isGood?: boolean;
}) {
  if (text === null) return <div role={role} />;
  return (
    <div
      role={role}
      className="arrives flex flex-wrap items-center justify-between gap-x-6 border-b border-line py-2 text-quiet"
    >
      <p className="flex min-w-0 grow basis-64 items-baseline gap-2.5 py-1.5">
        <NoticeDot isGood={isGood} />
        <span>{text}</span>
      </p>
      {actions}
    </div>
  );
}
