import 'server-only';
import { findKnocksById } from '@/lib/server/db/knocks';
import { findMembersById, type PresentMember } from '@/lib/server/db/members';
import { findScreensById } from '@/lib/server/db/screens';
import type { Onlooker } from '@/lib/server/session/room-access';
import { toYou } from './room-view';

/** Whoever has a stream of a room open: a member, a screen, or somebody who waits at its door. */
export interface Attendee {
  readonly kind: 'member' | 'screen' | 'waiting';
  readonly id: string;
}

/** What an attendee is told of themselves: `mark` is the same for as long as there is nothing new. */
interface Greeting {
  readonly mark: string;
  readonly event: 'you' | 'waiting';
  readonly data: () => string;
}

/** An attendee as they are now: still here, or gone, with the event that says so; null where the stream just ends. */
export type AttendeeState =
  | { readonly kind: 'here'; readonly cookieHash: string; readonly greeting: Greeting }
  | { readonly kind: 'gone'; readonly event: 'removed' | 'left' | 'admitted' | 'turned_away' | null };

export function toAttendee(onlooker: Onlooker): Attendee {
  if (onlooker.role === 'screen') return { kind: 'screen', id: onlooker.screenId };
  if (onlooker.role === 'waiting') return { kind: 'waiting', id: onlooker.knockId };
  return { kind: 'member', id: onlooker.memberId };
}

function memberState(member: PresentMember | undefined): AttendeeState {
  if (member?.inRoom !== true) return { kind: 'gone', event: member?.removed === true ? 'removed' : 'left' };
  const { id: memberId, name: memberName, role, coHost, cookieHash } = member;
  const data = () => JSON.stringify(toYou({ memberId, memberName, role, coHost }));
  return { kind: 'here', cookieHash, greeting: { mark: `${role} ${coHost} ${memberName}`, event: 'you', data } };
}

async function readMembers(ids: readonly string[]): Promise<ReadonlyMap<string, AttendeeState>> {
  const members = await findMembersById(ids);
  return new Map(members.map((member) => [member.id, memberState(member)]));
}

async function readScreens(roomId: string, ids: readonly string[]): Promise<ReadonlyMap<string, AttendeeState>> {
  const screens = (await findScreensById(ids)).filter((screen) => screen.roomId === roomId);
  const known = new Map(screens.map(({ id, cookieHash }) => [id, cookieHash]));
  return new Map(
    ids.map((id): [string, AttendeeState] => {
      const cookieHash = known.get(id);
      if (cookieHash === undefined) return [id, { kind: 'gone', event: 'removed' }];
      const data = () => JSON.stringify(toYou({ role: 'screen' }));
      return [id, { kind: 'here', cookieHash, greeting: { mark: 'screen', event: 'you', data } }];
    }),
  );
}

/** Who was let in is a member by the id of the knock; who gave up is neither. */
async function readWaiting(ids: readonly string[]): Promise<ReadonlyMap<string, AttendeeState>> {
  const knocks = new Map((await findKnocksById(ids)).map((knock) => [knock.id, knock]));
  const missing = ids.filter((id) => !knocks.has(id));
  const members = missing.length === 0 ? new Map<string, AttendeeState>() : await readMembers(missing);
  return new Map(
    ids.map((id): [string, AttendeeState] => {
      const knock = knocks.get(id);
      if (knock === undefined)
        return [id, { kind: 'gone', event: members.get(id)?.kind === 'here' ? 'admitted' : null }];
      if (knock.turnedAway) return [id, { kind: 'gone', event: 'turned_away' }];
      const data = () => JSON.stringify({ waiting: { id, name: knock.name } });
      const greeting = { mark: `waiting ${knock.name}`, event: 'waiting', data } as const;
      return [id, { kind: 'here', cookieHash: knock.cookieHash, greeting }];
    }),
  );
}

/** These attendees of a room as they are now, by their ids. */
export async function readAttendees(
  roomId: string,
  attendees: readonly Attendee[],
): Promise<ReadonlyMap<string, AttendeeState>> {
  const idsOf = (kind: Attendee['kind']): readonly string[] => [
    ...new Set(attendees.filter((attendee) => attendee.kind === kind).map(({ id }) => id)),
  ];
  const [members, screens, waiting] = [idsOf('member'), idsOf('screen'), idsOf('waiting')];
  const none: ReadonlyMap<string, AttendeeState> = new Map();
  const found = await Promise.all([
    members.length === 0 ? none : readMembers(members),
    screens.length === 0 ? none : readScreens(roomId, screens),
    waiting.length === 0 ? none : readWaiting(waiting),
  ]);
  return new Map(found.flatMap((states) => [...states]));
}
