import { RecordIllustration } from '@/app/_components/record-illustration';
import { useRoom } from '@/lib/client/room/use-room';
import type { PlaybackStatus, Track } from '@/lib/shared/contract/snapshot';
import { ExplicitMark } from './explicit-mark';
import { Cover } from './cover';
import { Progress } from './progress';
import { nothingPlayingWords } from './nothing-playing-words';
import { SongLayout } from './song-layout';
import { Transport } from '@/app/room/[code]/_components/remote/transport';
import { TextLink } from '@/app/_components/ui/text-link';

/** The song: cover, words, progress, controls. Without one, the room is asleep and says how to wake it. */
export function NowPlaying() {
  const { track, status } = useRoom((state) => state.snapshot.playback);
  return (
    <>
      {track === null ? (
        <NothingPlaying status={status} />
      ) : (
        <SongLayout label="Now playing" picture={<Cover album={track.album} url={track.artworkUrl} />}>
          <Words key={track.uri} track={track} />
          <Progress />
          <Transport />
        </SongLayout>
      )}
      <p aria-live="polite" className="sr-only">
        {track === null
          ? nothingPlayingWords(status).title
          : `${status === 'paused' ? 'Paused: ' : ''}${[track.name, ...track.artists].join(', ')}`}
      </p>
    </>
  );
}

function NothingPlaying({ status }: { readonly status: PlaybackStatus }) {
  const { title, text } = nothingPlayingWords(status);
  return (
    <SongLayout label="Now playing" picture={<RecordIllustration />}>
      <h2 className="text-3xl font-semibold md:text-4xl xl:text-5xl">{title}</h2>
      <p className="max-w-sm text-quiet">{text}</p>
      <Transport />
    </SongLayout>
  );
}

/** Who brought this song; nobody is named for one that Spotify chose. */
function AddedBy() {
  const { addedBy, addedByName } = useRoom((state) => state.snapshot.playback);
  const ownId = useRoom((state) => state.you.memberId);
  if (addedByName === null) return null;
  return (
    <span title={addedBy === ownId ? undefined : addedByName} className="min-w-0 max-w-full truncate">
      <span>{'Added by '}</span>
      <bdi translate={addedBy === ownId ? 'yes' : 'no'} className="text-quiet">
        {addedBy === ownId ? 'you' : addedByName}
      </bdi>
    </span>
  );
}

function Words({ track }: { readonly track: Track }) {
  const artists = track.artists.join(', ');
  return (
    <div className="arrives min-w-0">
      <h2
        title={track.name}
        className="text-3xl leading-[1.15] font-semibold text-pretty short:text-2xl short:leading-[1.15] md:text-4xl md:leading-[1.15] xl:text-5xl xl:leading-[1.15] 2xl:text-6xl 2xl:leading-[1.15]"
      >
        {track.url === null ? (
          <bdi translate="no" className="line-clamp-2">
            {track.name}
          </bdi>
        ) : (
          <a
            href={track.url}
            target="_blank"
            rel="noreferrer"
            // The room for thumbs is around what is clamped: within it the third line would show.
            className="-my-2 block w-fit max-w-full py-2 hover:underline"
          >
            <bdi translate="no" className="line-clamp-2">
              {track.name}
            </bdi>
          </a>
        )}
      </h2>
      <p
        title={artists}
        className="mt-1.5 line-clamp-2 text-lg text-quiet short:mt-0.5 short:line-clamp-1 short:text-base md:mt-2 2xl:text-xl"
      >
        {track.explicit && <ExplicitMark />}
        <bdi translate="no">{artists}</bdi>
      </p>
      <p className="-my-1 flex min-h-11 flex-wrap items-center gap-x-3 text-sm text-faint">
        {/* The place of Spotify's full logo, whose file comes from Spotify's design page. */}
        <span className="shrink-0 font-semibold whitespace-nowrap">Spotify</span>
        {track.url !== null && (
          <TextLink
            href={track.url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-11 shrink-0 items-center whitespace-nowrap hover:text-ink"
          >
            Open in Spotify
          </TextLink>
        )}
        <AddedBy />
      </p>
    </div>
  );
}
