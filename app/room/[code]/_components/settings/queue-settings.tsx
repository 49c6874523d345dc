import { RadioGroup } from '@/app/_components/ui/radio-group';
import { Switch } from '@/app/_components/ui/field';
import { Disclosure } from '@/app/_components/ui/disclosure';
import { orderSentences } from '@/app/room/[code]/_components/queue/queue-words';
import { AddingLimits } from './adding-limits';
import { Blocks } from './blocks';
import { Playlists } from './playlists';
import type { Settings } from './use-settings';

/** The queue: who plays first, who may add, and what. */
export function QueueSettings({ settings }: { readonly settings: Settings }) {
  const { room, change } = settings;
  const sources = room.sources.length;
  return (
    <div className="flex flex-col divide-y divide-line border-y border-line">
      <RadioGroup
        label="Order"
        value={room.queueOrder}
        options={[
          { value: 'votes', label: 'Votes', hint: orderSentences.votes },
          { value: 'turns', label: 'Turns', hint: orderSentences.turns },
        ]}
        onChange={(queueOrder) => void change({ queueOrder })}
      />
      <Switch
        label="Guests can add songs"
        checked={room.queueOpen}
        onChange={(queueOpen) => void change({ queueOpen })}
      />
      <Switch
        label="Ask me first"
        hint="Songs of guests wait until you or a co-host approve them."
        checked={room.asksApproval}
        onChange={(asksApproval) => void change({ asksApproval })}
      />
      <Disclosure title="What guests may add" summary={limitsSummary(settings)}>
        <AddingLimits settings={settings} />
      </Disclosure>
      <Disclosure
        title="Playlists"
        summary={[
          room.fallback === null ? 'Spotify goes on by itself' : `Without songs: ${room.fallback.name}`,
          ...(sources === 0 ? [] : [`songs from ${sources === 1 ? 'one playlist' : `${sources} playlists`} only`]),
        ].join(', ')}
      >
        <Playlists settings={settings} />
      </Disclosure>
      <Disclosure title="Blocked songs and artists">
        <Blocks settings={settings} />
      </Disclosure>
    </div>
  );
}

function limitsSummary({ room }: Settings): string {
  return [`${room.songsPerGuest} each`, room.explicitAllowed ? 'explicit too' : 'nothing explicit'].join(', ');
}
