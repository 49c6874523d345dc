import { useEffect, useState } from 'react';
import { QrCode } from '@/app/_components/qr-code';
import { Button } from '@/app/_components/ui/button';
import { copyText } from '@/lib/client/sharing';
import { useRoomStore } from '@/lib/client/room/use-room';
import type { TransferDto } from '@/lib/shared/contract/transfers';

/** The host's way to the phone, or back: a QR code for one use, made when it is asked for (TR1). */
export function OtherDevice() {
  const store = useRoomStore();
  const [transfer, setTransfer] = useState<TransferDto | null>(null);
  const [copied, setCopied] = useState<boolean | null>(null);

  useEffect(() => {
    if (transfer === null) return undefined;
    // A code that leads nowhere any more is not shown.
    const end = setTimeout(() => setTransfer(null), Date.parse(transfer.expiresAt) - Date.now());
    return () => clearTimeout(end);
  }, [transfer]);

  async function make(): Promise<void> {
    setCopied(null);
    await store.run(async (api) => setTransfer(await api.createTransfer()));
  }

  if (transfer === null) {
    return (
      <div className="flex flex-col items-start gap-2">
        <Button onClick={() => void make()}>Continue on another device</Button>
        <p className="text-sm text-faint">
          The other device becomes the host, with Spotify. This one stays in the room as a guest.
        </p>
      </div>
    );
  }
  return (
    <div className="arrives flex flex-col items-start gap-3">
      <div className="w-full max-w-56">
        <QrCode text={transfer.url} label="QR code that makes another device the host" />
      </div>
      <p translate="no" className="text-sm break-all text-faint select-all">
        {transfer.url}
      </p>
      <p className="text-quiet">
        Scan this with the other device. It works once, for five minutes, and for whoever scans it: show it to nobody
        else.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => void copyText(transfer.url).then(setCopied)}>
          Copy link
        </Button>
        <Button size="small" variant="quiet" onClick={() => void make()}>
          New code
        </Button>
      </div>
      <p role="status" className="text-sm text-quiet not-empty:min-h-6">
        {copied !== null && (copied ? 'Copied.' : 'Copying did not work here.')}
      </p>
    </div>
  );
}
