import 'server-only';
import { perProcess } from '@/lib/server/runtime/per-process';
import { cleanUp } from './cleanup';

/** How long after its start an instance cleans up for the first time: soon, but not before whoever waits for it. In ms. */
const firstMs = 5_000;

/** Between two runs of an instance, and after one that failed, in ms; spread, so that instances that began together take turns. */
const everyMs = 3_600_000;
const retryMs = 300_000;
const spread = 0.25;

interface CleanupTimer {
  timer: NodeJS.Timeout | null;
  /** The run that is on. */
  running: ReturnType<typeof cleanUp> | null;
}

const state = (): CleanupTimer => perProcess('cleanup-timer', () => ({ timer: null, running: null }));

function runIn(ms: number): void {
  const cleanup = state();
  cleanup.timer = setTimeout(
    () => {
      cleanup.running = cleanUp();
      void cleanup.running.then((outcome) => {
        cleanup.running = null;
        // Stopped meanwhile.
        if (cleanup.timer !== null) runIn(outcome === 'failed' ? retryMs : everyMs);
      });
    },
    ms * (1 + spread * Math.random()),
  ).unref();
}

/** Cleans up every hour on an instance that stays, also when nobody makes a room. */
export function startCleaningUp(): void {
  if (state().timer === null) runIn(firstMs);
}

/** Cleans up no more. @returns when a run that is on is over */
export async function stopCleaningUp(): Promise<void> {
  const cleanup = state();
  if (cleanup.timer !== null) clearTimeout(cleanup.timer);
  cleanup.timer = null;
  await cleanup.running;
}
