import { type FormEvent, useEffect, useState } from 'react';
import { QrCode } from '@/app/_components/qr-code';
import { textOf } from '@/app/_components/text-of';
import { Button } from '@/app/_components/ui/button';
import { Disclosure } from '@/app/_components/ui/disclosure';
import { TextField } from '@/app/_components/ui/field';
import { loadWifi, saveWifi, type Wifi, wifiText } from '@/lib/client/wifi';

/** A second code for guests who are not in the Wi-Fi yet: typed once by the host, and kept in this browser (SC12). */
export function WifiCode() {
  // Unknown at first: the server knows nothing of it.
  const [wifi, setWifi] = useState<Wifi | null>(null);
  const [keeps, setKeeps] = useState(true);
  useEffect(() => setWifi(loadWifi()), []);

  function keep(next: Wifi | null): void {
    setKeeps(saveWifi(next));
    setWifi(next);
  }

  function take(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const name = textOf(typed, 'ssid').trim();
    if (name !== '') keep({ name, password: textOf(typed, 'key') });
  }

  return (
    <Disclosure title="Wi-Fi for your guests">
      {wifi === null ? (
        <form onSubmit={take} autoComplete="off" className="flex flex-col gap-3">
          <TextField label="Name of the Wi-Fi" name="ssid" required maxLength={32} spellCheck={false} />
          <TextField
            label="Password"
            name="key"
            maxLength={63}
            spellCheck={false}
            hint="Empty where there is none. It is kept in this browser, and sent nowhere."
          />
          <Button type="submit" className="self-start">
            Make the code
          </Button>
        </form>
      ) : (
        <div className="flex flex-col items-center gap-3">
          <div className="w-full max-w-52">
            <QrCode text={wifiText(wifi)} label={`QR code that joins the Wi-Fi ${wifi.name}`} />
          </div>
          <p translate="no" className="text-center break-words">
            {wifi.name}
          </p>
          <Button size="small" variant="quiet" onClick={() => keep(null)}>
            Forget it
          </Button>
        </div>
      )}
      <p role="status" className="text-sm text-quiet not-empty:min-h-6">
        {!keeps && 'This browser keeps nothing: the code is gone with this page.'}
      </p>
    </Disclosure>
  );
}
