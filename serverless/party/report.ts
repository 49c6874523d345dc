import type { Usage } from '@/serverless/host/pool';
import { Evening } from './evening';
import { type Heard, whatWasHeard } from './heard';
import { shortName } from './laboratory';

/** What became of an evening. */
export interface Report extends Omit<Heard, 'twice' | 'outOfOrder'> {
  readonly seconds: number;
  /** How long a screen that was open showed another song than the one that played. */
  readonly wrongSeconds: number;
  /** Per change of song, in ms; null where the song was never shown. */
  readonly lags: readonly (number | null)[];
  readonly wishes: number;
  /** Titles. */
  readonly twice: readonly string[];
  readonly outOfOrder: readonly string[];
  /** Seconds for which instances of each function had the lease. */
  readonly leases: Readonly<Record<string, number>>;
  /** The most connections to the database at a time. */
  readonly connections: number;
  readonly refused: readonly string[];
  readonly usage: Readonly<Record<string, Usage>>;
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Looks back at an evening that is over. */
export async function reportOf(evening: Evening, connections: number): Promise<Report> {
  const { laboratory, looks, wishes, account } = evening;
  const { begun } = await laboratory.control.player(account);
  const { twice, outOfOrder, ...heard } = whatWasHeard(wishes, begun);
  const usage = [...(await laboratory.host.usage())]
    .filter(([, { invocations }]) => invocations > 0)
    .map(([name, used]) => [shortName(name).replace('#', ''), used] as const);
  const leases = [...(await laboratory.leases.seconds())].map(([name, seconds]) => [name, round(seconds)] as const);
  return {
    ...heard,
    seconds: round(looks.seconds),
    wrongSeconds: round(looks.wrongSeconds),
    lags: (await looks.lags()).map((lag) => (lag === null ? null : Math.round(lag))),
    wishes: wishes.length,
    twice: twice.map((uri) => Evening.nameOf(uri)),
    outOfOrder: outOfOrder.map((uri) => Evening.nameOf(uri)),
    leases: Object.fromEntries(leases),
    connections,
    refused: evening.refused,
    usage: Object.fromEntries(usage),
  };
}

/** A report as people read it. */
export function linesOf(report: Report): readonly string[] {
  const {
    seconds,
    wrongSeconds,
    lags,
    due,
    inTurn,
    wishes,
    heard,
    twice,
    outOfOrder,
    leases,
    connections,
    usage,
    refused,
  } = report;
  const shown = lags.map((lag) => (lag === null ? 'never' : (lag / 1_000).toFixed(1))).join(', ');
  return [
    `wrong song on the screen: ${wrongSeconds} s of ${seconds} s (${((100 * wrongSeconds) / Math.max(1, seconds)).toFixed(1)} %)`,
    `seconds until each change was shown: ${shown}`,
    `wishes heard: ${heard} of ${wishes}; in their turn: ${inTurn} of ${due}; twice: ${twice.join(', ') || 'none'}; out of order: ${outOfOrder.join(', ') || 'none'}`,
    `lease held, seconds: ${Object.entries(leases)
      .map(([name, held]) => `${name} ${held}`)
      .join(', ')}`,
    `connections to the database at most: ${connections}`,
    ...(refused.length === 0 ? [] : [`refused: ${refused.join(' | ')}`]),
    ...Object.entries(usage).map(
      ([name, { invocations, started, most, freezes, cpuMs, gbSeconds }]) =>
        `${name}: ${invocations} invocations, ${started} instances, ${most} at a time, frozen ${freezes} times, ${(cpuMs / 1_000).toFixed(1)} s of CPU, ${gbSeconds.toFixed(0)} GB-s`,
    ),
  ];
}
