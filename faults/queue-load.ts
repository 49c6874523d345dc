import type { Member } from './member';
import type { Party } from './party';

const pick = <T>(values: readonly T[], random: () => number): T | undefined =>
  values[Math.floor(random() * values.length)];

/** What a guest does with the queue: adds one of these songs, votes on one, or takes an own one out again. */
export async function actOnQueue(
  { songs, screens }: Party,
  guest: Member,
  uris: readonly string[],
  random: () => number,
): Promise<number> {
  const dice = random();
  if (dice < 0.5) return songs.add(guest, pick(uris, random) ?? '');
  // What is on the screens; it may have changed since.
  const waiting = screens[0]?.latest?.queue ?? [];
  if (dice < 0.9) {
    const song = pick(waiting, random);
    const value = pick([1, 1, -1, 0] as const, random) ?? 0;
    return song === undefined ? 0 : songs.vote(guest, song.id, value);
  }
  const own = pick(
    waiting.filter(({ addedBy }) => addedBy === guest.id),
    random,
  );
  return own === undefined ? 0 : songs.takeOut(guest, own.id);
}
