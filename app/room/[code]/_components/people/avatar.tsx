import { initials } from './initials';

/** Somebody as a round with their initials; a lit one is here. */
export function Face({
  name,
  lit = true,
  large = false,
}: {
  readonly name: string;
  readonly lit?: boolean;
  readonly large?: boolean;
}) {
  return (
    <span
      aria-hidden
      className={`arrives flex shrink-0 items-center justify-center overflow-hidden rounded-full border bg-ground whitespace-nowrap ${large ? 'size-9 text-sm' : 'size-7 text-[0.6875rem]'} ${lit ? 'border-accent text-ink' : 'border-line text-faint'}`}
    >
      {initials(name)}
    </span>
  );
}
