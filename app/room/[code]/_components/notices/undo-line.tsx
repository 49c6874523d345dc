import type { Ref } from 'react';

/** What was done, and the button that takes it back, where that is possible. */
export function UndoLine({
  words,
  label = 'Undo',
  onUndo,
  ref,
}: {
  readonly words: string;
  /** What the button does, where that is less than to undo everything. */
  readonly label?: string | undefined;
  readonly onUndo: (() => void) | null;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <p className="arrives flex items-center justify-between gap-4 py-2 min-h-15 text-quiet">
      <span className="line-clamp-2 min-w-0">{words}</span>
      {onUndo !== null && (
        <button
          type="button"
          ref={ref}
          onClick={onUndo}
          className="min-h-11 max-w-1/2 shrink-0 text-right px-3 font-medium text-ink underline underline-offset-4"
        >
          {label}
        </button>
      )}
    </p>
  );
}
