import 'server-only';
import { Counter, Histogram, Registry } from 'prom-client';
import { perProcess } from './per-process';

// Labels are words of ours, never what somebody typed or an id: each has a handful of values, and all of them are known.

/** Upper ends of the classes that durations are counted in, in seconds: of a wait inside of this process, and of a call that leaves it. */
const waits = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 8];
const calls = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    httpRequests: new Counter({
      name: 'roomtone_http_requests_total',
      help: 'Requests to the API that were answered, by address, method and status',
      labelNames: ['route', 'method', 'status'],
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'roomtone_http_request_seconds',
      help: 'How long the answer to a request took to begin, by address',
      labelNames: ['route'],
      buckets: calls,
      registers,
    }),
    spotifyCalls: new Counter({
      name: 'roomtone_spotify_calls_total',
      help: 'Calls to the Web API of Spotify by what they were for and what came of them; held_back were not made',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    spotifySeconds: new Histogram({
      name: 'roomtone_spotify_call_seconds',
      help: 'How long a call to the Web API of Spotify took, by what it was for',
      labelNames: ['kind'],
      buckets: calls,
      registers,
    }),
    tokenRefreshes: new Counter({
      name: 'roomtone_token_refreshes_total',
      help: 'Refreshes of access tokens by what came of them',
      labelNames: ['outcome'],
      registers,
    }),
    commands: new Counter({
      name: 'roomtone_commands_total',
      help: 'Commands to players by what came of them',
      labelNames: ['command', 'outcome'],
      registers,
    }),
    commandLockSeconds: new Histogram({
      name: 'roomtone_command_lock_wait_seconds',
      help: 'How long a command, or a run of the queue, waited until it was its turn',
      buckets: waits,
      registers,
    }),
    submissions: new Counter({
      name: 'roomtone_submissions_total',
      help: 'Songs submitted to Spotify by the way and by what came of it',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    submissionVerdicts: new Counter({
      name: 'roomtone_submission_verdicts_total',
      help: 'What a look at the queue of Spotify showed of a submitted song',
      labelNames: ['verdict'],
      registers,
    }),
    poolSeconds: new Histogram({
      name: 'roomtone_pool_wait_seconds',
      help: 'How long a query or transaction waited for a connection to the database',
      buckets: waits,
      registers,
    }),
    cleanups: new Counter({
      name: 'roomtone_cleanups_total',
      help: 'Runs of the housekeeping by what came of them; busy is one that another instance was at',
      labelNames: ['outcome'],
      registers,
    }),
  };
}

/** What this process counts; `GET /api/metrics` shows it. */
export function metrics(): ReturnType<typeof createMetrics> {
  return perProcess('metrics', createMetrics);
}

/** Begins to measure; what is returned notes the time since then, once. */
export function stopwatch(histogram: Pick<Histogram, 'observe'>): () => void {
  const begun = performance.now();
  return () => histogram.observe((performance.now() - begun) / 1_000);
}
