import { useEffect, useEffectEvent } from 'react';
import { Button } from '@/app/_components/ui/button';
import { Confirm } from '@/app/_components/ui/confirm';
import { Switch, TextField } from '@/app/_components/ui/field';
import { Stepper } from '@/app/_components/ui/stepper';
import { useRoomStore } from '@/lib/client/room/use-room';
import type { Settings } from './use-settings';

/** The room itself: its name, what guests may press, and who comes in. */
export function RoomSettings({ settings }: { readonly settings: Settings }) {
  const { room, change } = settings;
  return (
    <>
      <RoomName settings={settings} />
      <div className="flex flex-col divide-y divide-line border-y border-line">
        <Switch
          label="Guests can pause"
          hint="And play on again."
          checked={room.guestsCanPause}
          onChange={(guestsCanPause) => void change({ guestsCanPause })}
        />
        <Stepper
          label="Votes to skip"
          hint="Never more than people here."
          value={room.votesToSkip}
          min={1}
          max={100}
          onChange={(votesToSkip) => change({ votesToSkip })}
        />
        <Switch
          label="Lock the room"
          hint="Nobody new comes in. Who was here before can come back."
          checked={room.locked}
          onChange={(locked) => void change({ locked })}
        />
        <Switch
          label="Newcomers knock"
          hint="They wait until you or a co-host let them in."
          checked={room.admission === 'knock'}
          onChange={(knock) => void change({ admission: knock ? 'knock' : 'open' })}
        />
        <NewCode settings={settings} />
      </div>
    </>
  );
}

function RoomName({ settings }: { readonly settings: Settings }) {
  const { room, change, typedName, typeName, nameError } = settings;
  async function take(): Promise<void> {
    if (typedName === null) return;
    if (typedName.trim() === room.name || (await change({ name: typedName }))) typeName(null);
  }
  const takeOnUnmount = useEffectEvent(take);
  // Back or Escape closes the panel without a blur of its field.
  useEffect(() => () => void takeOnUnmount(), []);
  return (
    <TextField
      label="Room name"
      value={typedName ?? room.name}
      maxLength={200}
      placeholder={`Room ${room.code}`}
      error={nameError}
      onChange={(event) => typeName(event.target.value)}
      onBlur={() => void take()}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

/** For a code that went further than it should have. The old one is gone for good, so it is asked once more. */
function NewCode({ settings: { room, note } }: { readonly settings: Settings }) {
  const store = useRoomStore();
  async function renewCode(): Promise<void> {
    const codes: string[] = [];
    await store.run(async (api) => codes.push((await api.renewCode()).code));
    for (const code of codes) note(`The room’s code is ${code} now.`, null);
  }
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <p className="grow basis-40 py-1">
        <span>{'Room code '}</span>
        <span translate="no" className="font-title tracking-[0.14em]">
          {room.code}
        </span>
        <span className="block text-sm text-faint">A new one keeps out whoever has only the old one.</span>
      </p>
      <Confirm
        key={room.code}
        label="Make a new code?"
        question="The old code, link and QR code stop working at once. Everybody who is here stays."
        yes="Make a new code"
        no="Keep it"
        onYes={() => void renewCode()}
      >
        {(trigger) => (
          <Button size="small" {...trigger}>
            New code
          </Button>
        )}
      </Confirm>
    </div>
  );
}
