import { catalogue } from '@/simulator/catalogue/catalogue';
import type { ControlClient } from '@/simulator/control-client';
import { count } from '@/testing/count';
import type { LongEvening } from './long-evening';

type LoggedCall = Awaited<ReturnType<ControlClient['calls']>>[number];

const minuteMs = 60_000;

/** Reads a minute may hold without commands and with them (WT4). */
const quietReads = 15;
const busyReads = 30;

/** How long commands that were under way may still arrive, in ms. */
const underWayMs = 1_000;

/** A song that waited for that long before another one ended has its turn after it, in ms. */
const noticeMs = 30_000;

/** What became of an evening. */
export interface Report {
  readonly heard: number;
  /** Titles. */
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly heardOutOfOrder: readonly string[];
  /** The host's own songs that came although somebody's had waited for long. */
  readonly turnsMissed: readonly string[];
  /** Minutes, by when they ended, with more reads than they may have. */
  readonly readsBeyondLimit: readonly string[];
  readonly commandsAfterRemoval: number;
  /** Snapshots that told people of a block. */
  readonly shownBlocked: number;
  /** For people: one table. */
  readonly lines: readonly string[];
}

const titleOf = (uri: string): string => catalogue.find(uri)?.name ?? uri;

/** When the read or command went out, in ms since the epoch. */
const timeOf = ({ at }: LoggedCall): number => Date.parse(at);

/** The most of these calls that one minute holds. */
function busiest(times: readonly number[]): number {
  return Math.max(0, ...times.map((end) => times.filter((at) => at > end - minuteMs && at <= end).length));
}

/** Looks back at an evening that is over. */
export async function reportOf(evening: LongEvening): Promise<Report> {
  const { party, wishes, handed, presses, flood } = evening;
  const { control, account } = party;
  const { begun } = await control.player(account);
  const wished = new Set(wishes);
  const heardWishes = begun.filter(({ uri }) => wished.has(uri));
  const played = count(heardWishes.map(({ uri }) => uri));
  const order = handed.map(({ track }) => track.uri);
  const calls = await control.calls({ account, after: party.firstCall });
  const reads = calls.filter(({ method, path }) => method === 'GET' && path === '/v1/me/player').map(timeOf);
  const commands = calls.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/queue')).map(timeOf);
  const commanded = (end: number): boolean => commands.some((at) => at > end - 2 * minuteMs && at <= end);
  const quiet = reads.filter((at) => !commanded(at));
  const readsBeyondLimit = reads.flatMap((end) => {
    const held = reads.filter((at) => at > end - minuteMs && at <= end).length;
    return held > (commanded(end) ? busyReads : quietReads) ? [`${held} until ${new Date(end).toISOString()}`] : [];
  });
  const waitedSince = new Map(evening.waitedSince);
  const turnsMissed = begun.flatMap(({ uri, at }, index) => {
    const waits = [...waitedSince].some(([wish, since]) => {
      const heardAt = begun.find((each) => each.uri === wish)?.at ?? Infinity;
      return since < at - noticeMs && heardAt > at;
    });
    return index > 0 && !wished.has(uri) && waits ? [`${titleOf(uri)} at ${new Date(at).toISOString()}`] : [];
  });
  const removedAt = flood?.removedAt ?? Infinity;
  const ofHost = presses.map(({ at }) => at);
  const commandsAfterRemoval = commands.filter(
    (at) =>
      at > removedAt + underWayMs &&
      at < removedAt + minuteMs &&
      !ofHost.some((press) => at >= press && at < press + 10_000),
  ).length;
  const blocked = (status: string): boolean => status === 'rate_limited';
  const shownBlocked = party.screens.at(-1)?.shown.filter(({ spotify }) => blocked(spotify.status)).length ?? 0;
  const refusals = calls.filter(({ status }) => status === 429).length;
  const slowest = Math.max(0, ...presses.map(({ tookMs }) => tookMs));
  const report = {
    heard: heardWishes.length,
    lost: wishes.filter((uri) => !played.has(uri)).map(titleOf),
    twice: [...played].filter(([, times]) => times > 1).map(([uri]) => titleOf(uri)),
    heardOutOfOrder: heardWishes.filter(({ uri }, index) => order[index] !== uri).map(({ uri }) => titleOf(uri)),
    turnsMissed,
    readsBeyondLimit,
    commandsAfterRemoval,
    shownBlocked,
  };
  const lasted = begun.length === 0 ? 0 : (Date.now() - (begun[0]?.at ?? 0)) / minuteMs;
  const rows: readonly (readonly [string, string | number])[] = [
    ['minutes', lasted.toFixed(1)],
    ['people with open pages', party.screens.length],
    ['songs that began', begun.length],
    ['wishes heard', `${report.heard} of ${wishes.length}`],
    ['… in the order of the screens', `${report.heard - report.heardOutOfOrder.length} of ${report.heard}`],
    ['… not heard; twice', `${report.lost.join(', ') || 'none'}; ${report.twice.join(', ') || 'none'}`],
    ['the host’s own songs while somebody’s waited', turnsMissed.join(', ') || 'none'],
    ['reads in the busiest minute, without commands', `${busiest(quiet)} (limit ${quietReads})`],
    ['reads in the busiest minute, with commands', `${busiest(reads)} (limit ${busyReads})`],
    ['calls to Spotify in all; 429s', `${calls.length}; ${refusals}`],
    ['snapshots that spoke of a block', shownBlocked],
    ['requests of the guest who flooded; accepted', `${flood?.sent ?? 0}; ${flood?.accepted ?? 0}`],
    ['their presses that reached Spotify after the removal', commandsAfterRemoval],
    ['the host’s presses; the slowest took', `${presses.length}; ${(slowest / 1_000).toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return { ...report, lines: rows.map(([what, figure]) => `${what.padEnd(width)}  ${figure}`) };
}
