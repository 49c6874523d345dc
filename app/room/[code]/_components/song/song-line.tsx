import type { Track } from '@/lib/shared/contract/snapshot';
import { ExplicitMark } from './explicit-mark';

/** A song in a list: its cover, whole and uncovered, and its words, which lead to Spotify. */
export function SongLine({ track }: { readonly track: Track }) {
  const artists = track.artists.join(', ');
  const words = (
    <>
      <span title={track.name} className="line-clamp-2 leading-snug font-medium">
        <bdi translate="no">{track.name}</bdi>
      </span>
      <span title={artists} className="line-clamp-1 text-sm text-quiet">
        {track.explicit && <ExplicitMark />}
        <bdi translate="no">{artists}</bdi>
      </span>
    </>
  );
  return (
    <>
      <SmallCover url={track.artworkUrl} />
      {track.url === null ? (
        <span className="min-w-0">{words}</span>
      ) : (
        <a
          href={track.url}
          target="_blank"
          rel="noreferrer"
          className="block min-h-11 min-w-0 hover:underline hover:underline-offset-4"
        >
          {words}
        </a>
      )}
    </>
  );
}

/** Decoration beside the song's words: those say everything. */
function SmallCover({ url }: { readonly url: string | null }) {
  if (url === null) return <span aria-hidden className="block size-12 rounded-sm border border-line" />;
  return (
    // oxlint-disable-next-line nextjs/no-img-element -- Covers come ready in the size that is shown: Next's component would add nothing.
    <img
      src={url}
      alt=""
      width={48}
      height={48}
      loading="lazy"
      decoding="async"
      className="size-12 rounded-sm object-contain outline outline-1 outline-line"
    />
  );
}
