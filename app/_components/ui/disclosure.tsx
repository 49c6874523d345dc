import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';

/** A part that is opened when it is wanted, and made only then. */
export function Disclosure({
  title,
  summary,
  children,
}: {
  readonly title: string;
  /** What is in it, in a word. */
  readonly summary?: string;
  readonly children: ReactNode;
}) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details className="group" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary className="flex min-h-14 cursor-pointer list-none items-center justify-between gap-4 py-2 [&::-webkit-details-marker]:hidden">
        <span className="min-w-0">
          <span>{title}</span>
          {summary !== undefined && <span className="block truncate text-sm text-faint">{summary}</span>}
        </span>
        <ChevronDown
          aria-hidden
          className="mr-3 size-5 shrink-0 text-faint transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      {wasOpened && <div className="pb-4">{children}</div>}
    </details>
  );
}
