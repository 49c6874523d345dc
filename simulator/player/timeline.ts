import * as z from 'zod';
import type { Library } from '@/simulator/catalogue/library';
import { advance } from './progress';
import { playerStateSchema, type PlayerState } from './state';

/**
 * A player and what the Web API shows of it. A command takes effect at once and becomes visible later; until then reads
 * show the state before it, which goes on itself: a song's natural end is visible at once.
 */
export const timelineSchema = z.object({
  visible: playerStateSchema,
  pending: z.array(z.object({ visibleAt: z.number(), state: playerStateSchema })).readonly(),
});

export type Timeline = z.infer<typeof timelineSchema>;

/** Brings a timeline to `now`. */
export function settle(timeline: Timeline, library: Library, now: number): Timeline {
  let { visible } = timeline;
  const pending = timeline.pending.map(({ visibleAt, state }) => ({ visibleAt, state: advance(state, library, now) }));
  while (pending[0] !== undefined && pending[0].visibleAt <= now) {
    visible = pending[0].state;
    pending.shift();
  }
  return { visible: advance(visible, library, now), pending };
}

/** What is true on the device. The timeline must be settled. */
export function truth(timeline: Timeline): PlayerState {
  return timeline.pending.at(-1)?.state ?? timeline.visible;
}

/** Adds a change that reads show from `visibleAt` on. */
export function withChange(timeline: Timeline, state: PlayerState, visibleAt: number, now: number): Timeline {
  if (visibleAt <= now) return { visible: state, pending: [] };
  return { ...timeline, pending: [...timeline.pending, { visibleAt, state }] };
}
