/** What somebody is to a room. */
export const standings = ['stranger', 'removed', 'guest', 'co_host', 'host'] as const;
export type Standing = (typeof standings)[number];

/** The code of the answer to whoever lacks a right, by what they are. */
export const refusals = {
  stranger: 'not_a_member',
  removed: 'removed_by_host',
  guest: 'host_only',
  co_host: 'host_only',
  host: 'host_only',
} as const satisfies Readonly<Record<Standing, string>>;

interface Holders {
  /** What it lets somebody do, for the table in docs/api.md. */
  readonly does: string;
  readonly who: readonly Standing[];
  /** The room's setting by which the host gives it to guests as well. */
  readonly guestsWhere?: 'guestsCanPause';
}

const people = ['guest', 'co_host', 'host'] as const;
const moderators = ['co_host', 'host'] as const;
const hostAlone = ['host'] as const;

/**
 * Who may do what in a room: the one table that routes, services and screens read, and that docs/api.md prints. A right is looked at when a
 * request comes, and again where the room is changed, or its player told something (MB5, CM4).
 */
export const rights = {
  join: { does: 'come in', who: ['stranger', ...people] },
  leave: { does: 'leave', who: people },
  see: { does: 'see the room', who: people },
  follow: { does: 'hear of its changes', who: people },
  take_part: { does: 'search, add songs, take one’s own out and back, vote', who: people },
  pause: { does: 'play and pause', who: moderators, guestsWhere: 'guestsCanPause' },
  control: { does: 'the rest of the remote', who: moderators },
  arrange: { does: 'everybody’s songs, and what is not wanted', who: moderators },
  add_freely: { does: 'add beyond what guests are held to', who: moderators },
  open_queue: { does: 'open and close the queue', who: moderators },
  configure: { does: 'the other settings and the code', who: hostAlone },
  manage_people: { does: 'people and what they may', who: hostAlone },
  choose_device: { does: 'Spotify’s devices', who: hostAlone },
  use_account: { does: 'playlists of the host’s account', who: hostAlone },
  end_room: { does: 'end the room', who: hostAlone },
} as const satisfies Readonly<Record<string, Holders>>;

export type Right = keyof typeof rights;

/** Somebody in a room, with the settings that some rights hang on where they are known. */
export interface Person {
  readonly role: 'host' | 'guest';
  readonly coHost: boolean;
  readonly guestsCanPause?: boolean;
}

function standingOf({ role, coHost }: Person): Standing {
  if (role === 'host') return 'host';
  return coHost ? 'co_host' : 'guest';
}

/** Whether somebody who is in a room has that right there. */
export function may(person: Person, right: Right): boolean {
  const { who, guestsWhere }: Holders = rights[right];
  return who.includes(standingOf(person)) || (guestsWhere !== undefined && person[guestsWhere] === true);
}
