import 'server-only';
import { isDatabaseBehind, isDatabaseDown, outageCause } from './database-errors';
import { describeError } from './describe-error';
import { log } from './log';
import { perProcess } from './per-process';
import { unlessSaidLately } from './repeats';

/** How long time-outs may go on before they are news, in ms: one alone is a busy machine's everyday. */
const lateMs = 5_000;

/** How long nothing may have failed before the database counts as being back, in ms. */
const quietMs = 5_000;

/** A time in which the database does not serve. */
interface Outage {
  readonly sinceMs: number;
  lastMs: number;
  failures: number;
  /** The operator was told. */
  isSaid: boolean;
}

const said = () => perProcess('said-failures', () => ({ outage: null as Outage | null, isBehind: false }));

/**
 * Notes that something failed, if that is the database's doing: an outage is said once, when it begins, however much fails for it, and once when
 * it is over ({@link noteDatabaseServes}); that it is not migrated, once per process (RL-13).
 *
 * @returns whether it was the database
 */
export function noteDatabaseFailure(error: unknown): boolean {
  const state = said();
  if (isDatabaseBehind(error)) {
    if (!state.isBehind) log.error('database.not_migrated', { mend: 'npm run db:migrate', ...describeError(error) });
    state.isBehind = true;
    return true;
  }
  if (!isDatabaseDown(error)) return false;
  const now = performance.now();
  const { outage: before } = state;
  const isOver = before === null || (!before.isSaid && now - before.lastMs > quietMs);
  const outage = isOver ? { sinceMs: now, lastMs: now, failures: 0, isSaid: false } : before;
  state.outage = outage;
  outage.lastMs = now;
  outage.failures += 1;
  const why = outageCause(error);
  if (!outage.isSaid && (why !== 'late' || now - outage.sinceMs >= lateMs)) {
    log.warn('database.down', { why, ...describeError(error) });
    outage.isSaid = true;
  }
  return true;
}

/** Notes that the database did what it was asked. */
export function noteDatabaseServes(): void {
  const state = said();
  const { outage } = state;
  if (outage === null || performance.now() - outage.lastMs < quietMs) return;
  state.outage = null;
  if (!outage.isSaid) return;
  log.info('database.back', {
    seconds: Math.round((outage.lastMs - outage.sinceMs) / 1_000),
    failures: outage.failures,
  });
}

/** Whether the operator was told that the database does not serve, and not yet that it does again. */
export function isOutageSaid(): boolean {
  return said().outage?.isSaid ?? false;
}

/**
 * Logs that something failed which is tried again by itself: the database's doing as {@link noteDatabaseFailure} does, all else as a mistake of
 * ours, once an hour each.
 *
 * @param work what failed
 */
export function logWorkFailure(work: string, error: unknown): void {
  if (noteDatabaseFailure(error)) return;
  const fields = { work, ...describeError(error) };
  const news = unlessSaidLately(JSON.stringify(fields));
  if (news !== null) log.error('work.failed', { ...fields, ...news });
}
