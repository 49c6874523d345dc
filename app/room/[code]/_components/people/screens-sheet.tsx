import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { TextField } from '@/app/_components/ui/field';
import { Sentence } from '@/app/_components/ui/sentence';
import { Sheet } from '@/app/_components/ui/sheet';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { TextLink } from '@/app/_components/ui/text-link';
import { ApiError } from '@/lib/client/api-error';
import { readRoomCode } from '@/lib/client/room-code-input';
import { roomPath } from '@/lib/client/room/room-path';
import { useApp, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { RoomScreenDto } from '@/lib/shared/contract/screens';
import { CommandError } from '@/app/room/[code]/_components/notices/command-error';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';
import { NoWayIn } from './no-way-in';

/** Between two looks which screens are on, in ms. */
const askEveryMs = 10_000;

/** The room's screens, for a host who stands before a TV with the phone in the hand (SN5). */
export function ScreensSheet({ onClose }: { readonly onClose: () => void }) {
  const store = useRoomStore();
  const path = useRoom(roomPath);
  const [screens, reload] = useRequest(() => store.api.screens());
  useEffect(() => {
    const timer = setInterval(() => void reload(), askEveryMs);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <Sheet title="Screens" onClose={onClose}>
      <div className="flex flex-col gap-6 py-4">
        <HowTo />
        <PairForm onPaired={() => void reload()} />
        <CommandError />
        {screens.kind === 'known' && screens.value.length > 0 && (
          <ul aria-label="Screens of this room" className="divide-y divide-line border-y border-line">
            {screens.value.map((screen) => (
              <OneScreen key={screen.id} screen={screen} onGone={() => void reload()} />
            ))}
          </ul>
        )}
        {screens.kind === 'failed' && (
          <p role="alert" className="text-danger">
            {screens.error.detail}
          </p>
        )}
        <TextLink href={`${path}/display`} variant="standalone" className="self-start">
          Show the room in this browser
        </TextLink>
      </div>
    </Sheet>
  );
}

/** What to do at the TV. */
function HowTo() {
  const [address] = useApp().invite;
  if (address === undefined) return <NoWayIn />;
  return (
    <Sentence className="text-quiet">
      Open{' '}
      <bdi translate="no" className="font-medium text-ink">
        {`${address.origin.replace(/^https?:\/\//, '')}/tv`}
      </bdi>{' '}
      in the browser of the TV. Scan its QR code with this phone, or type its code here.
    </Sentence>
  );
}

/** Gives the room the screen whose code is typed. */
function PairForm({ onPaired }: { readonly onPaired: () => void }) {
  const store = useRoomStore();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);

  async function pair(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const code = readRoomCode(text);
    setSaid(null);
    if (code === null) return setError('Type the six letters and numbers that the TV shows.');
    setBusy(true);
    setError(null);
    try {
      await store.api.pairScreen(code);
      setText('');
      setSaid('The TV shows the room in a moment.');
      onPaired();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure.detail);
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void pair(event)} className="flex flex-col gap-3">
      <TextField
        label="Code on the TV"
        value={text}
        onChange={(event) => {
          setText(event.target.value.toUpperCase());
          setError(null);
        }}
        error={error}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={20}
        className="text-center font-title text-2xl tracking-[0.3em] uppercase"
      />
      <SubmitButton disabled={busy}>{busy ? 'One moment…' : 'Show the room there'}</SubmitButton>
      <p role="status" className="text-sm text-quiet empty:hidden">
        {said}
      </p>
    </form>
  );
}

const since = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit' });

function OneScreen({ screen, onGone }: { readonly screen: RoomScreenDto; readonly onGone: () => void }) {
  const store = useRoomStore();
  const name = `since ${since.format(new Date(screen.pairedAt))}`;

  async function takeAway(): Promise<void> {
    // Also when it was gone already: what is there is looked at anew.
    await store.run((api) => api.takeScreenAway(screen.id));
    onGone();
  }

  return (
    <li className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 py-1.5">
      <span className={`min-w-0 grow basis-32 ${screen.present ? '' : 'text-faint'}`}>
        <span className="block">{`A screen, ${name}`}</span>
        <span className="block text-sm text-faint">{screen.present ? 'On' : 'Off, or out of reach'}</span>
      </span>
      <Button size="small" aria-label={`Take away the screen ${name}`} onClick={() => void takeAway()}>
        Take away
      </Button>
    </li>
  );
}
