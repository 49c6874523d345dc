import type { ReactNode } from 'react';

/**
 * The song and what is said about it: one above the other on a phone held upright, side by side everywhere else. On an upright phone the
 * picture takes what height the rest leaves, so that everything that can be pressed is on the first screen. Without a song the dark record
 * stands in the cover's place, so that nothing jumps when the music comes.
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
      className="flex grow flex-col gap-4 short:gap-2 wide:grid wide:grow-0 wide:grid-cols-[minmax(0,min(max(30rem,36vw),58dvh,100dvh-12.5rem))_minmax(17rem,1fr)] wide:gap-10"
    >
      <div className="relative max-h-[calc(100vw-2.5rem)] min-h-24 grow basis-24 wide:max-h-none wide:min-h-0 wide:grow-0 wide:basis-auto">
        <div className="absolute left-1/2 aspect-square h-full -translate-x-1/2 wide:static wide:h-auto wide:translate-x-0">
          {picture}
        </div>
      </div>
      <div className="flex min-w-0 flex-col justify-end gap-3 short:gap-1.5 md:gap-4">{children}</div>
    </section>
  );
}
