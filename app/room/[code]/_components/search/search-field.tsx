import { Search, X } from 'lucide-react';
import { type Ref, useRef } from 'react';
import { IconButton } from '@/app/_components/ui/button';

/** The field of the search; it stays at the upper edge while results pass under it. */
export function SearchField({
  ref,
  text,
  isLoading,
  onType,
  onEnter,
}: {
  readonly ref: Ref<HTMLInputElement>;
  readonly text: string;
  readonly isLoading: boolean;
  readonly onType: (text: string) => void;
  readonly onEnter: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      role="search"
      className="sticky top-16.25 z-10 -mx-5 bg-ground px-5 pt-2 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        onEnter();
      }}
    >
      <div className="flex items-center rounded-full border border-control bg-raised pl-4 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-3 has-[input:focus-visible]:outline-accent">
        <Search aria-hidden className="size-5 shrink-0 text-faint" />
        <input
          ref={ref}
          data-stop=""
          aria-label="Song, artist or link"
          aria-busy={isLoading}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={500}
          placeholder="Song, artist or link"
          value={text}
          onChange={(event) => onType(event.target.value)}
          className="min-h-12 w-full min-w-0 grow bg-transparent px-3 text-base outline-none placeholder:text-faint"
        />
        {text !== '' && (
          <IconButton
            label="Clear"
            onClick={() => {
              onType('');
              form.current?.querySelector('input')?.focus();
            }}
          >
            <X aria-hidden className="size-5" />
          </IconButton>
        )}
      </div>
    </form>
  );
}
