import { useState } from 'react';
import { QrCode } from '@/app/_components/qr-code';
import { Button } from '@/app/_components/ui/button';
import { Sheet } from '@/app/_components/ui/sheet';
import { canShare, copyText, shareLink } from '@/lib/client/sharing';
import { useMay, useRoom } from '@/lib/client/room/use-room';
import { roomTitle } from '@/app/_components/room-title';
import { NoWayIn } from './no-way-in';
import { PhonesHelp } from './phones-help';
import { useInvite } from './use-invite';
import { WifiCode } from './wifi-code';

/** The way in for others: a QR code for phones held at arm's length, the code, the link. */
export function InviteSheet({ onClose, onScreens }: { readonly onClose: () => void; readonly onScreens: () => void }) {
  const room = useRoom((state) => state.snapshot.room);
  const invite = useInvite();
  const mayConfigure = useMay('configure');
  const mayManageScreens = useMay('manage_screens');
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = invite.find(({ origin }) => origin === chosen) ?? invite[0];
  const atHome = shown !== undefined && shown.network !== null;
  const link = shown === undefined ? null : `${shown.origin}/room/${room.code}`;
  return (
    <Sheet title="Invite" onClose={onClose}>
      <div className="flex flex-col items-center gap-5 py-4 short:gap-3 short:py-2">
        {/* Without a name a room is called by its code, which stands below. */}
        {room.name !== '' && (
          <p
            translate="no"
            title={room.name}
            className="line-clamp-2 text-center font-title text-xl leading-tight font-semibold"
          >
            {room.name}
          </p>
        )}
        {link === null ? (
          <NoWayIn />
        ) : (
          // As large as the screen allows, with everything else still on it.
          <div
            className={`w-full ${atHome ? 'max-w-[clamp(9rem,100dvh-30rem,20rem)]' : 'max-w-[clamp(9rem,100dvh-24.5rem,20rem)]'}`}
          >
            <QrCode text={link} label={`QR code that opens ${link}`} />
          </div>
        )}
        <p className="text-center">
          <span className="block text-sm text-faint">Room code</span>
          <span
            translate="no"
            className="font-title text-4xl leading-tight font-semibold tracking-[0.2em] min-[24rem]:text-5xl"
          >
            {room.code}
          </span>
        </p>
        {room.locked && <p className="text-center text-sm text-quiet">The room is locked: nobody new comes in.</p>}
        {link !== null && <LinkToShare title={`Roomtone: ${roomTitle(room)}`} link={link} />}
        {link !== null && (
          <div className="w-full divide-y divide-line border-y border-line">
            {mayConfigure && <WifiCode />}
            <a href={`/room/${room.code}/invitation`} className="flex min-h-14 items-center hover:text-quiet">
              Print an invitation
            </a>
            {mayManageScreens && (
              <button type="button" onClick={onScreens} className="flex min-h-14 w-full items-center hover:text-quiet">
                Show the room on a TV
              </button>
            )}
          </div>
        )}
        {atHome && <PhonesHelp invite={invite} shown={shown} onChoose={setChosen} />}
      </div>
    </Sheet>
  );
}

function LinkToShare({ title, link }: { readonly title: string; readonly link: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <>
      <p translate="no" className="text-center text-quiet select-all">
        {link}
      </p>
      <div className="flex w-full flex-wrap gap-3">
        <Button variant="primary" className="grow" onClick={() => void copyText(link).then(setCopied)}>
          Copy link
        </Button>
        {canShare() && (
          <Button className="grow" onClick={() => void shareLink(title, link)}>
            Share
          </Button>
        )}
      </div>
      <p role="status" className="text-sm text-quiet not-empty:min-h-6">
        {copied !== null && (copied ? 'Copied.' : 'Copying did not work here. Press and hold the link instead.')}
      </p>
    </>
  );
}
