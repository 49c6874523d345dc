import { initials } from './initials';

/** Somebody as a round with their initials; in the accent while they are here. */
export function Avatar({
  name,
  isPresent = true,
  large = false,
}: {
  readonly name: string;
  readonly isPresent?: boolean;
  readonly large?: boolean;
}) {
  return (
    <span
      aria-hidden
      translate="no"
      className={`arrives flex shrink-0 items-center justify-center overflow-hidden rounded-full border bg-ground whitespace-nowrap ${large ? 'size-9 text-sm' : 'size-7 text-[0.6875rem]'} ${isPresent ? 'border-accent text-ink' : 'border-line text-faint'}`}
    >
      {initials(name)}
    </span>
  );
}
