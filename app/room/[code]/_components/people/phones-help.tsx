import { Disclosure } from '@/app/_components/ui/disclosure';
import { RadioGroup } from '@/app/_components/ui/radio-group';
import { useRoom } from '@/lib/client/room/use-room';
import type { InviteAddress } from '@/lib/shared/contract/app';

/** What keeps phones at home from a laptop, and the laptop's other addresses. */
export function PhonesHelp({
  invite,
  shown,
  onChoose,
}: {
  readonly invite: readonly InviteAddress[];
  /** The one that stands above. */
  readonly shown: InviteAddress;
  readonly onChoose: (origin: string) => void;
}) {
  const isHost = useRoom((state) => state.you.role === 'host');
  return (
    <div className="w-full text-sm text-quiet">
      <p className="text-center">Phones have to be in the same Wi-Fi as the computer that runs Roomtone.</p>
      {isHost && (
        <p role="status" className="text-center">
          {shown.used ? 'A phone has come through this address.' : 'No phone has come through this address yet.'}
        </p>
      )}
      <Disclosure title="The page does not open on a phone">
        <ul className="flex list-disc flex-col gap-2 pl-5">
          <li>Many guest networks keep devices apart. Take the home’s own Wi-Fi, for the computer and the phones.</li>
          <li>A firewall on the computer may ask about Node.js: let it take connections in private networks.</li>
          <li>A VPN, on the computer or on the phone, leads past the Wi-Fi. So does a phone’s mobile data.</li>
          {invite.length > 1 && <li>The computer has other addresses; one of those may be the right one.</li>}
        </ul>
        {invite.length > 1 && (
          <RadioGroup
            label="Address"
            value={shown.origin}
            options={invite.map(({ origin, network }) => ({ value: origin, label: origin, hint: network ?? '' }))}
            onChange={onChoose}
          />
        )}
      </Disclosure>
    </div>
  );
}
