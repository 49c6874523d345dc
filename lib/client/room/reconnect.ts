/** Between two tries of a page that is looked at, and of one in the background, in ms. */
const visible = { floor: 500, ceiling: 10_000 };
const hidden = { floor: 5_000, ceiling: 60_000 };

/**
 * How long to wait before the next try: doubling, spread so that a thousand phones do not come back in the same moment.
 *
 * @param attempt tries that failed since the stream last lived, from 0
 * @param random 0 to 1
 */
export function reconnectDelay(attempt: number, isHidden: boolean, random: number): number {
  const { floor, ceiling } = isHidden ? hidden : visible;
  const full = Math.min(ceiling, floor * 2 ** Math.min(attempt, 16));
  return Math.round(full * (0.5 + random / 2));
}
