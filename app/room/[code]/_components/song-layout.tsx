import type { ReactNode } from 'react';

/**
 * The song and what is said about it: one above the other on a phone held upright, side by side everywhere else. Without a song the dark
 * record stands in the cover's place, so that nothing jumps when the music comes.
 */
export function SongLayout({
  label,
  picture,
  children,
}: {
  readonly label: string;
  readonly picture: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      className="grid gap-4 landscape:grid-cols-[minmax(0,min(30rem,58dvh))_minmax(17rem,1fr)] landscape:gap-10 md:grid-cols-[minmax(0,min(30rem,58dvh))_minmax(17rem,1fr)] md:gap-10"
    >
      <div className="mx-auto w-full max-w-[38dvh] md:max-w-none landscape:max-w-none">{picture}</div>
      <div className="flex min-w-0 flex-col justify-end gap-3 md:gap-4">{children}</div>
    </section>
  );
}
