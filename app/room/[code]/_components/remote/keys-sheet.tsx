import { Sheet } from '@/app/_components/ui/sheet';
import { shortcuts } from './use-shortcuts';

/** The keys of the room. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Sheet title="Keys" onClose={onClose}>
      <dl className="divide-y divide-line py-2">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys} className="flex min-h-12 items-center justify-between gap-6">
            <dt className="text-quiet">{does}</dt>
            <dd>
              <kbd translate="no" className="rounded-sm border border-control px-2 py-1 font-sans text-sm">
                {keys}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
