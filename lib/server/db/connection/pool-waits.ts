import 'server-only';
import type pg from 'pg';
import { metrics, stopwatch } from '@/lib/server/runtime/metrics';

type Callback = Parameters<pg.Pool['connect']>[0];

/** Has a pool note how long whoever needs a connection waits for it; its queries take theirs by the same way. */
export function measureWaits(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool);
  function measured(): Promise<pg.PoolClient>;
  function measured(callback: Callback): void;
  function measured(callback?: Callback): Promise<pg.PoolClient> | void {
    const stop = stopwatch(metrics().poolSeconds);
    if (callback === undefined) return connect().finally(stop);
    return connect((...result) => {
      stop();
      callback(...result);
    });
  }
  pool.connect = measured;
}
