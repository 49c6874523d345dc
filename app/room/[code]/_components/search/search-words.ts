import type { ApiError } from '@/lib/client/api-error';
import { waitWords } from '@/lib/client/queue-clock';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import type { QueueItemDto } from '@/lib/shared/contract/snapshot';

const slow: ReadonlySet<ApiError['code']> = new Set<ErrorCode>(['spotify_rate_limited', 'spotify_unavailable']);

/** Why a search brought nothing, and what to do. */
export function searchFailure(error: ApiError): string {
  if (slow.has(error.code))
    return 'Spotify does not answer searches just now. A pasted link to a song may still work; or search again in a while.';
  return error.detail;
}

/** What an added song can expect. */
export function addedWords(item: Pick<QueueItemDto, 'state'>, minutes: number | null): string {
  if (item.state === 'pending') return 'Added; waits for the host';
  if (minutes === null) return 'Added';
  return minutes === 0 ? 'Added; plays next' : `Added; plays in ${waitWords(minutes)}`;
}

/** How many songs this person may still add; null where that is no news. */
export function allowanceWords(waiting: number, most: number): string | null {
  const left = most - waiting;
  if (left <= 0) return `You have ${most} ${most === 1 ? 'song' : 'songs'} waiting, as many as one guest may have.`;
  return left <= 2 ? `You can add ${left} more ${left === 1 ? 'song' : 'songs'} for now.` : null;
}
