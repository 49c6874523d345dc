import 'server-only';
import type { PlayerStateRow } from '../db/player-state';
import type { Expectation } from './expectation';
import type { PlayerView } from './observation';

/** A room's player as stored, with what feeding its queue depends on. */
export type PlayerState = PlayerStateRow<PlayerView, Expectation>;
