import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

/** What stays at a panel's lower edge however far it is scrolled. */
export const sheetFoot = 'sticky -bottom-6 -mx-5 -mb-6 border-t border-line bg-ground px-5 pb-3 empty:hidden';

/** A panel over the room: from below on phones, at the side on larger screens. Focus goes in and comes back; Escape closes. */
export function Sheet({
  title,
  tall = false,
  firstFocus,
  onClose,
  children,
}: {
  readonly title: string;
  /** As high as it may be from the start, where what it holds comes and goes. */
  readonly tall?: boolean;
  /** What has the focus at first, where that is not the first button. */
  readonly firstFocus?: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog.Root defaultOpen onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-black/60" />
        <Dialog.Popup
          {...(firstFocus !== undefined && { initialFocus: firstFocus })}
          className={`arrives fixed inset-x-0 bottom-0 z-30 max-h-[92dvh] overflow-y-auto rounded-t-2xl border-t border-line bg-ground px-5 pb-[max(1.5rem,env(safe-area-inset-bottom))] md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:w-105 md:rounded-none md:border-t-0 md:border-l ${tall ? 'h-[92dvh] md:h-auto' : ''}`}
        >
          <div className="sticky top-0 z-10 -mx-5 mb-2 flex items-center justify-between border-b border-line bg-ground py-2 pr-2 pl-5">
            <Dialog.Title className="text-xl font-semibold">{title}</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="flex size-12 items-center justify-center rounded-full text-quiet hover:bg-raised hover:text-ink"
            >
              <X aria-hidden />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
