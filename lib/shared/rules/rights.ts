/** What somebody is to a room. */
export const standings = [
  'stranger',
  'waiting',
  'turned_away',
  'removed',
  'guest',
  'co_host',
  'host',
  'screen',
] as const;
export type Standing = (typeof standings)[number];

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
  join: { does: 'come in, or knock', who: ['stranger', 'waiting', ...people, 'screen'] },
  leave: { does: 'leave, or give up', who: ['waiting', ...people] },
  see: { does: 'see the room', who: [...people, 'screen'] },
  follow: { does: 'hear of its changes', who: ['waiting', ...people, 'screen'] },
  take_part: { does: 'search, add songs, take one’s own out and back, vote', who: people },
  pause: { does: 'play and pause', who: moderators, guestsWhere: 'guestsCanPause' },
  control: { does: 'the rest of the remote', who: moderators },
  arrange: { does: 'everybody’s songs, and what is not wanted', who: moderators },
  add_freely: { does: 'add beyond what guests are held to', who: moderators },
  admit: { does: 'who waits at the door', who: moderators },
  manage_screens: { does: 'screens', who: moderators },
  open_queue: { does: 'open and close the queue', who: moderators },
  configure: { does: 'the other settings and the code', who: hostAlone },
  manage_people: { does: 'people and what they may', who: hostAlone },
  choose_device: { does: 'Spotify’s devices', who: hostAlone },
  use_account: { does: 'playlists of the host’s account', who: hostAlone },
  hand_over: { does: 'be the host on another device', who: hostAlone },
  end_room: { does: 'end the room', who: hostAlone },
} as const satisfies Readonly<Record<string, Holders>>;

export type Right = keyof typeof rights;

const refusals = {
  stranger: 'not_a_member',
  waiting: 'waiting_for_host',
  turned_away: 'not_a_member',
  removed: 'removed_by_host',
  guest: 'host_only',
  co_host: 'host_only',
  host: 'host_only',
  screen: 'not_a_member',
} as const satisfies Readonly<Record<Standing, string>>;

/** The code of the answer to whoever lacks a right. */
export function refusalOf(right: Right, standing: Standing) {
  return right === 'join' && standing === 'turned_away' ? standing : refusals[standing];
}

/** Somebody in a room, or a screen of it, with the settings that some rights hang on where they are known. */
export interface Person {
  readonly role: 'host' | 'guest' | 'screen';
  readonly coHost: boolean;
  readonly guestsCanPause?: boolean;
}

function standingOf({ role, coHost }: Person): Standing {
  if (role !== 'guest') return role;
  return coHost ? 'co_host' : 'guest';
}

/** Whether a right comes with that standing, whatever the room's settings. */
export function belongsTo(right: Right, standing: Standing): boolean {
  const { who }: Holders = rights[right];
  return who.includes(standing);
}

/** Whether somebody who is in a room has that right there. */
export function may(person: Person, right: Right): boolean {
  const { guestsWhere }: Holders = rights[right];
  return belongsTo(right, standingOf(person)) || (guestsWhere !== undefined && person[guestsWhere] === true);
}
