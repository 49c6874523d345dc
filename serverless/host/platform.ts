import type { Variables } from '@/scripts/local/environment';

/** How the host behaves where nobody knows, or where plans differ. Times in ms. */
export interface Platform {
  /** How long an instance is awake after its last answer; null: it is never frozen. */
  readonly freezeAfterMs: number | null;
  /** How long a request may take, where the function says nothing. */
  readonly limitMs: number;
  /** Requests at a time in one instance; more of them start another one. */
  readonly concurrency: number;
  /** After how long without a request an instance is taken away. */
  readonly idleMs: number;
  /** How long an instance may live on after SIGTERM. */
  readonly graceMs: number;
  /** The memory that an instance is charged for, in GB. */
  readonly memoryGb: number;
}

/**
 * As documented in November 2026 for Fluid compute on the free plan; `freezeAfterMs` and `concurrency` are documented nowhere. See
 * docs/serverless.md.
 */
export const platform: Platform = {
  freezeAfterMs: 5,
  limitMs: 300_000,
  concurrency: 40,
  idleMs: 300_000,
  graceMs: 500,
  memoryGb: 2,
};

/** Variables that an instance gets on top of its deployment's. */
export type InstanceVariables = (instance: string) => Promise<Variables> | Variables;
