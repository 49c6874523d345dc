import 'server-only';
import { clearProblem, writeExpectation, writeView } from '@/lib/server/db/player-state';
import { bumpRoom } from '@/lib/server/db/room-versions';
import { SpotifyError } from '@/lib/server/spotify/errors';
import type { CommandEffect } from '@/lib/server/player/state/expectation';
import type { PlayerView } from '@/lib/server/player/state/player-view';
import type { PlayerRoom } from '@/lib/server/player/state/player-state';
import { recordProblem, changePlayer } from '@/lib/server/player/state/store';

/** Shows at once what a command that Spotify accepted will bring, to be confirmed or corrected by the next reads (PB5). */
export async function recordEffect(
  { roomId }: PlayerRoom,
  predict: (known: PlayerView) => CommandEffect,
): Promise<void> {
  await changePlayer(roomId, null, async (tx, state) => {
    const { view, expectation } = predict(state.view);
    if (view === null) await writeExpectation(tx, roomId, expectation);
    else await writeView(tx, roomId, view, expectation);
    // A command that went through disproves whatever stood in the way before.
    if (state.problem !== null) await clearProblem(tx, roomId);
    // Announced even when nothing shows yet: the watcher, wherever it is, has something to confirm.
    await bumpRoom(tx, roomId);
  });
}

/** Nobody knows whether it happened: the next reads show it. */
async function expectNews({ roomId }: PlayerRoom): Promise<void> {
  await changePlayer(roomId, null, async (tx) => {
    await writeExpectation(tx, roomId, { at: Date.now() });
    await bumpRoom(tx, roomId);
  });
}

async function showNoDevice({ roomId }: PlayerRoom): Promise<void> {
  await changePlayer(roomId, null, async (tx, { view }) => {
    if (view.status === 'no_device') return;
    await writeView(tx, roomId, { ...view, status: 'no_device', measuredAtMs: Date.now() }, null);
    await bumpRoom(tx, roomId);
  });
}

/** Shows what came of a command that Spotify did not carry out, or may not have. */
export async function recordFailure(room: PlayerRoom, error: unknown): Promise<void> {
  if (!(error instanceof SpotifyError)) return;
  if (error.kind === 'no_active_device') return showNoDevice(room);
  if (error.outcomeUnknown) return expectNews(room);
  await recordProblem(room.roomId, null, error);
}
