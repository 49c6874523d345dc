import type { QueueItemDto } from '@/lib/shared/contract/snapshot';

/**
 * In how many minutes each waiting song begins, from what is left of the song that plays and the lengths of those before it. The first
 * one has 0: it is next, whenever that is. Null where nobody can say: nothing plays, or the song waits for approval.
 *
 * @param leftMs what is left of the song that plays; null when none does
 */
export function minutesUntil(queue: readonly QueueItemDto[], leftMs: number | null): readonly (number | null)[] {
  let waitMs = leftMs ?? 0;
  let isFirst = true;
  return queue.map((item) => {
    if (item.state === 'pending') return null;
    const minutes = isFirst ? 0 : leftMs === null ? null : Math.max(1, Math.round(waitMs / 60_000));
    isFirst = false;
    waitMs += item.track.durationMs;
    return minutes;
  });
}

/** The same in words; empty where nobody can say. */
export function waitWords(minutes: number | null): string {
  if (minutes === null) return '';
  if (minutes === 0) return 'next';
  if (minutes < 90) return `about ${minutes} min`;
  return `about ${Math.round(minutes / 60)} h`;
}
