/**
 * The cover as Spotify supplies it: whole, rounded, nothing on it. The box is a square that fits the height of a phone held upright or
 * sideways, so that the corners are those of the picture itself.
 */
export function Cover({ album, url }: { readonly album: string; readonly url: string | null }) {
  const shape = 'aspect-square w-full rounded-sm lg:rounded-lg';
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
  return (
    // oxlint-disable-next-line nextjs/no-img-element -- Covers come ready in the size that is shown: Next's component would add nothing.
    <img
      src={url}
      alt={`Cover of ${album}`}
      width={640}
      height={640}
      // Around it, not on it: some covers have the colour of the page.
      className={`${shape} object-contain outline outline-1 outline-line`}
      decoding="async"
    />
  );
}
