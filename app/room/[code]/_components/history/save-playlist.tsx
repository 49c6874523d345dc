import { type FormEvent, useState } from 'react';
import { buttonClass } from '@/app/_components/ui/button';
import { TextField } from '@/app/_components/ui/field';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import type { SavedPlaylist } from '@/lib/shared/contract/history';
import { ApiError } from '@/lib/client/api-error';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';
import { GrantPrompt } from '@/app/room/[code]/_components/spotify/grant-prompt';
import { roomTitle } from '@/app/_components/room-title';
import { Sentence } from '@/app/_components/ui/sentence';

type Saving =
  | { readonly kind: 'idle' | 'saving' }
  | { readonly kind: 'saved'; readonly playlist: SavedPlaylist }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** Keeps the evening as a private playlist in the host's account. */
export function SavePlaylist() {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  const [name, setName] = useState(
    () => `${roomTitle(room)}, ${new Date().toLocaleDateString([], { day: 'numeric', month: 'long' })}`,
  );
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSaving({ kind: 'saving' });
    try {
      setSaving({ kind: 'saved', playlist: await store.api.saveHistory(name) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setSaving({ kind: 'failed', error });
    }
  }

  if (saving.kind === 'saved') {
    const { playlist } = saving;
    return (
      <div role="status" className="arrives flex flex-col items-start gap-3">
        <Sentence className="text-quiet">
          Saved as{' '}
          <bdi translate="no" className="text-ink">
            {playlist.name}
          </bdi>
          , {playlist.songs === 1 ? 'one song' : `${playlist.songs} songs`}. Only you see it.
        </Sentence>
        <a href={playlist.url} target="_blank" rel="noreferrer" className={buttonClass('plain')}>
          Open in Spotify
        </a>
      </div>
    );
  }
  if (saving.kind === 'failed' && saving.error.code === 'spotify_scope_needed') return <GrantPrompt right="saving" />;
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
      <TextField
        label="Save as a playlist"
        hint="Private, in your own Spotify account."
        value={name}
        maxLength={100}
        autoComplete="off"
        error={saving.kind === 'failed' ? (saving.error.errors[0]?.message ?? saving.error.detail) : null}
        onChange={(event) => setName(event.target.value)}
      >
        <SubmitButton disabled={saving.kind === 'saving'}>{saving.kind === 'saving' ? 'Saving…' : 'Save'}</SubmitButton>
      </TextField>
    </form>
  );
}
