import { until } from '@/testing/until';
import type { Party } from './party';
import type { PlayRecord } from './records';
import type { Screen } from '@/testing/people/screen';

/** What a screen showed that it should never have: an older version, or an older song after a newer one. */
function steppedBack(screen: Screen, plays: readonly PlayRecord[]): readonly string[] {
  const order = new Map(plays.map(({ id }, index) => [id, index]));
  const problems: string[] = [];
  let [version, play] = [0, -1];
  for (const snapshot of screen.shown) {
    if (snapshot.version < version) problems.push(`version ${snapshot.version} after ${version}`);
    version = snapshot.version;
    const { playId } = snapshot.playback;
    if (playId === null) continue;
    const place = order.get(playId) ?? -1;
    if (place < play) problems.push(`play ${place} after ${play}`);
    play = place;
  }
  return problems;
}

/**
 * Waits until every screen shows the room as it is, none of them having been reloaded.
 *
 * @throws {Error} when they do not, or when one ever went back
 */
export async function converged(party: Party, timeoutMs = 30_000): Promise<void> {
  const { records, screens, code } = party;
  let difference = '';
  await until(async () => {
    const { version } = await records.room(code);
    difference = `${screens.map(({ latest }) => latest?.version ?? 'nothing').join(', ')}; the room is at ${version}`;
    return screens.every(({ latest }) => latest?.version === version);
  }, timeoutMs).catch((error: unknown) => {
    throw new Error(`The screens show versions ${difference}.`, { cause: error });
  });
  const plays = await records.plays(party.roomId);
  const problems = screens.flatMap((screen) => steppedBack(screen, plays));
  if (problems.length > 0) throw new Error(`Screens went back: ${problems.join('; ')}.`);
}
