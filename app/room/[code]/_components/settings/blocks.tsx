import { Button } from '@/app/_components/ui/button';
import type { BlockDto } from '@/lib/shared/contract/blocks';
import { useRoomStore } from '@/lib/client/room/use-room';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';
import type { Settings } from './use-settings';

/** What the host does not want here. A block is made at a song; here it is taken back. */
export function Blocks({ settings: { note } }: { readonly settings: Settings }) {
  const store = useRoomStore();
  const [blocks, reload] = useRequest(() => store.api.blocks());

  async function unblock({ id, kind, name }: BlockDto): Promise<void> {
    const worked = await store.run((api) => api.unblock(id));
    await reload();
    if (!worked) return;
    // A song can be blocked again only where it is seen: its name alone does not say which one it is.
    const again = async (): Promise<void> => {
      if (await store.run((api) => api.block({ kind: 'artist', name }))) note(`Blocked again: ${name}.`, null);
      await reload();
    };
    note(`No longer blocked: ${name}.`, kind === 'artist' ? again : null);
  }

  if (blocks.kind === 'loading') return <p className="text-faint">Looking…</p>;
  if (blocks.kind === 'failed')
    return (
      <p role="alert" className="text-quiet">
        {blocks.error.detail}
      </p>
    );
  if (blocks.value.length === 0)
    return (
      <p className="text-sm text-faint">Nothing is blocked. A song’s menu in the queue blocks it or its artist.</p>
    );
  return (
    <ul className="divide-y divide-line border-t border-line">
      {blocks.value.map((block) => (
        <li key={block.id} className="flex min-h-14 items-center justify-between gap-4 py-1">
          <span className="min-w-0">
            <bdi translate="no" className="line-clamp-2">
              {block.name}
            </bdi>
            <span className="block text-sm text-faint">{block.kind === 'song' ? 'Song' : 'Artist'}</span>
          </span>
          <Button size="small" aria-label={`Unblock ${block.name}`} onClick={() => void unblock(block)}>
            Unblock
          </Button>
        </li>
      ))}
    </ul>
  );
}
