import type { CloseReason } from '@/lib/shared/contract/rooms';

interface ClosedWords {
  readonly title: string;
  readonly text: string;
}

const removed: ClosedWords = {
  title: 'You were removed from this room',
  text: 'The host removed you. You can join or start another room.',
};

const turnedAway: ClosedWords = {
  title: 'The host did not let you in',
  text: 'You can ask again in ten minutes, with the same link.',
};

/** What an open page says when its room closes. */
export const closedWords: Readonly<Record<CloseReason, ClosedWords>> = {
  ended: { title: 'This room has ended', text: 'Thank you for the company. The music may well play on.' },
  removed,
  left: { title: 'You left this room', text: 'You can come back with the same code.' },
  replaced: {
    title: 'This page is resting',
    text: 'You have the room open on several pages. Look at this one again and it goes on.',
  },
  not_a_member: { title: 'You are not in this room any more', text: 'Join again with the same code.' },
  not_found: { title: 'This room is gone', text: 'You can join or start another one.' },
  admitted: { title: 'You are in', text: 'Open the room and hold the remote.' },
  turned_away: turnedAway,
};

/** What is said to people whose link leads to no open room: the same reasons, and one of the address they come from. */
export const closedDoorWords: Readonly<
  Record<'removed' | 'ended' | 'not_found' | 'limited' | 'turned_away', ClosedWords>
> = {
  removed,
  turned_away: turnedAway,
  ended: {
    title: 'This room has ended',
    text: 'The host ended it, or nobody was here for a day. The music may well play on.',
  },
  not_found: { title: 'That code does not work', text: 'Check it with whoever invited you: six letters and numbers.' },
  limited: {
    title: 'One moment',
    text: 'Many codes that lead nowhere were tried from your network. Wait ten minutes and try again.',
  },
};
