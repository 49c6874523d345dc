import { SelectField } from '@/app/_components/ui/select-field';
import { Switch } from '@/app/_components/ui/field';
import { Stepper } from '@/app/_components/ui/stepper';
import { spanOptions } from './setting-words';
import type { Settings } from './use-settings';

const songLengths = [4, 5, 6, 8, 10, 15, 20, 30];
const replayPauses = [30, 60, 120, 240];

/** An option's value as the setting: ms, or null where nothing is limited. */
function toMs(value: string): number | null {
  return value === '' ? null : Number(value);
}

function toValue(ms: number | null): string {
  return ms === null ? '' : String(ms);
}

/** How much and what guests may add; the host and co-hosts are bound by the length of the queue alone (QU2). */
export function AddingLimits({ settings: { room, change } }: { readonly settings: Settings }) {
  return (
    <div className="flex flex-col divide-y divide-line border-t border-line">
      <Stepper
        label="Songs per guest"
        hint="Waiting at the same time."
        value={room.songsPerGuest}
        min={1}
        max={100}
        onChange={(songsPerGuest) => change({ songsPerGuest })}
      />
      <Stepper
        label="Longest queue"
        hint="Songs of everybody, yours too."
        value={room.queueLimit}
        min={1}
        max={200}
        onChange={(queueLimit) => change({ queueLimit })}
      />
      <Switch
        label="Explicit songs"
        checked={room.explicitAllowed}
        onChange={(explicitAllowed) => void change({ explicitAllowed })}
      />
      <SelectField
        label="Longest song"
        value={toValue(room.maxSongMs)}
        options={spanOptions('Any length', songLengths, room.maxSongMs)}
        onChange={(value) => void change({ maxSongMs: toMs(value) })}
      />
      <SelectField
        label="Not again within"
        hint="After a song was played."
        value={toValue(room.replayAfterMs)}
        options={spanOptions('Off', replayPauses, room.replayAfterMs)}
        onChange={(value) => void change({ replayAfterMs: toMs(value) })}
      />
    </div>
  );
}
