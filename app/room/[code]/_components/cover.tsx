/** The cover as Spotify supplies it: whole, rounded, nothing on it. */
export function Cover({ album, url }: { readonly album: string; readonly url: string | null }) {
  const shape = 'aspect-square w-full max-h-[46dvh] md:max-h-none rounded-sm lg:rounded-lg object-contain object-left';
  if (url === null) {
    return (
      <div
        role="img"
        aria-label={`No cover for ${album || 'this song'}`}
        className={`${shape} flex items-center justify-center border border-line text-faint`}
      >
        No cover
      </div>
    );
  }
  // The optimiser is off, and covers come ready in the size that is shown: Next's image component would add nothing.
  // oxlint-disable-next-line nextjs/no-img-element
  return <img src={url} alt={`Cover of ${album}`} width={640} height={640} className={shape} decoding="async" />;
}
