'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { QrCode } from '@/app/_components/qr-code';
import { roomTitle } from '@/app/_components/room-title';
import { Button, buttonClass } from '@/app/_components/ui/button';
import { loadWifi, type Wifi, wifiText } from '@/lib/client/wifi';

/** A sheet of paper: dark on light in both themes, and what is for the screen alone is not printed. */
export function InvitationSheet({
  room,
  origin,
}: {
  readonly room: { readonly code: string; readonly name: string };
  readonly origin: string;
}) {
  const link = `${origin}/room/${room.code}`;
  const [wifi, setWifi] = useState<Wifi | null>(null);
  useEffect(() => setWifi(loadWifi()), []);
  return (
    <div className="min-h-dvh bg-white text-black">
      <div className="mx-auto flex max-w-3xl flex-col items-center gap-8 px-6 py-8 text-center print:max-w-none print:py-0">
        <nav className="flex flex-wrap justify-center gap-3 self-stretch print:hidden">
          <Button variant="primary" onClick={() => window.print()}>
            Print
          </Button>
          <a href={`/room/${room.code}`} className={buttonClass('plain', 'border-black text-black hover:bg-white')}>
            Back to the room
          </a>
        </nav>
        <h1 translate="no" className="max-w-full text-5xl font-semibold break-words">
          {roomTitle(room)}
        </h1>
        <div className={`grid w-full gap-8 ${wifi === null ? 'max-w-sm' : 'max-w-2xl grid-cols-2'}`}>
          {wifi !== null && (
            <Code title="1. The Wi-Fi">
              <QrCode text={wifiText(wifi)} label={`QR code that joins the Wi-Fi ${wifi.name}`} />
              <span translate="no" className="break-words">
                {wifi.name}
              </span>
            </Code>
          )}
          <Code title={wifi === null ? 'Scan this' : '2. The room'}>
            <QrCode text={link} label={`QR code that opens ${link}`} />
            <span translate="no" className="text-sm break-all">
              {link}
            </span>
          </Code>
        </div>
        <p>
          <span className="block text-lg">Room code</span>
          <span translate="no" className="font-title text-7xl leading-tight font-semibold tracking-[0.2em]">
            {room.code}
          </span>
        </p>
        <ol className="flex flex-col gap-2 text-xl">
          <li>Scan the code with your phone’s camera. No account, no app.</li>
          <li>Type your name, and you are in.</li>
          <li>Add songs, vote for the next ones, and skip together.</li>
        </ol>
      </div>
    </div>
  );
}

function Code({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col items-center gap-2">
      <h2 className="text-xl font-semibold">{title}</h2>
      {children}
    </section>
  );
}
