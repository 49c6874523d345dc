import { useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { MemberDto } from '@/lib/shared/contract/snapshot';
import { useUndo } from '@/app/room/[code]/_components/notices/undo';

interface Rights {
  readonly coHost?: boolean;
  readonly trusted?: boolean;
}

/** What the host can do about a guest: rights, each with a way back, and the way out (HT3, HT4). */
export function GuestTools({ member }: { readonly member: MemberDto }) {
  const [isAsking, setAsking] = useState(false);
  const store = useRoomStore();
  const offerUndo = useUndo();
  const { id, name } = member;
  const [isCoHost, isTrusted] = [member.coHost === true, member.trusted === true];
  const set = (rights: Rights) => store.run((api) => api.changeRights(id, rights));

  async function change(rights: Rights, back: Rights, words: string): Promise<void> {
    if (await set(rights)) offerUndo(words, () => set(back));
  }

  if (isAsking) return <RemoveGuest id={id} name={name} onCancel={() => setAsking(false)} />;
  return (
    <div className="arrives flex flex-col gap-2 pt-1 pb-2 pl-12">
      <p className="text-sm text-faint">
        A co-host has the remote and the tools for the queue. Songs of somebody trusted wait for nobody’s approval.
      </p>
      <div className="-ml-4 flex flex-wrap">
        <Button
          size="small"
          variant="quiet"
          onClick={() =>
            void change(
              { coHost: !isCoHost },
              { coHost: isCoHost },
              isCoHost ? `${name} is a guest again.` : `${name} is a co-host.`,
            )
          }
        >
          {isCoHost ? 'No longer co-host' : 'Make co-host'}
        </Button>
        {!isCoHost && (
          <Button
            size="small"
            variant="quiet"
            onClick={() =>
              void change(
                { trusted: !isTrusted },
                { trusted: isTrusted },
                isTrusted ? `${name}’s songs ask for approval again.` : `${name} is trusted.`,
              )
            }
          >
            {isTrusted ? 'No longer trusted' : 'Trust'}
          </Button>
        )}
        <Button size="small" variant="quiet" aria-label={`Remove ${name}`} onClick={() => setAsking(true)}>
          <span className="text-danger">Remove…</span>
        </Button>
      </div>
    </div>
  );
}

/** Asked once more, because it ends somebody's evening here. The focus is on the harmless answer. */
function RemoveGuest({
  id,
  name,
  onCancel,
}: {
  readonly id: string;
  readonly name: string;
  readonly onCancel: () => void;
}) {
  const store = useRoomStore();
  const offerUndo = useUndo();
  const songs = useRoom((state) => state.queue.filter((item) => item.addedBy === id).length);

  async function remove(which: 'keep' | 'remove'): Promise<void> {
    if (!(await store.run((api) => api.removeMember(id, which)))) return;
    // The songs that went with the guest do not come back: the button says what it does, and no more.
    const letBack = async (): Promise<void> => {
      if (await store.run((api) => api.readmitMember(id))) offerUndo(`${name} may join again with the code.`, null);
    };
    offerUndo(`${name} was removed.`, letBack, `Let ${name} back`);
  }

  return (
    <div role="group" aria-label={`Remove ${name}?`} className="arrives flex flex-col gap-2 pt-1 pb-2 pl-12">
      <p className="text-sm text-quiet">{`Remove ${name}? They cannot come back unless you let them.`}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" variant="danger" onClick={() => void remove('keep')}>
          {songs > 0 ? 'Remove, keep the songs' : 'Remove'}
        </Button>
        {songs > 0 && (
          <Button size="small" variant="danger" onClick={() => void remove('remove')}>
            {songs === 1 ? 'Remove with the song' : `Remove with all ${songs} songs`}
          </Button>
        )}
        <Button size="small" variant="quiet" autoFocus onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
