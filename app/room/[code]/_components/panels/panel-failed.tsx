import { useEffect } from 'react';
import { Button } from '@/app/_components/ui/button';

/** In the place of a panel that cannot be shown: why, and how to try again. It tries by itself once the device is online again. */
export function PanelFailed({
  text,
  onTryAgain,
  onClose,
}: {
  readonly text: string;
  readonly onTryAgain: () => void;
  readonly onClose: () => void;
}) {
  useEffect(() => {
    window.addEventListener('online', onTryAgain);
    return () => window.removeEventListener('online', onTryAgain);
  }, [onTryAgain]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <div className="arrives fixed inset-x-0 bottom-0 z-30 border-t border-line bg-ground px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:left-auto md:w-105 md:border-l">
      <p role="alert" className="text-quiet">
        {text}
      </p>
      <p className="flex items-center gap-2 pt-2">
        <Button size="small" autoFocus onClick={onTryAgain}>
          Try again
        </Button>
        <Button size="small" variant="quiet" onClick={onClose}>
          Close
        </Button>
      </p>
    </div>
  );
}
