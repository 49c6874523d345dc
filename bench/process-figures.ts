import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** What an instance that is measured says of its process. */
export interface ProcessFigures {
  /** Objects and buffers, after collecting garbage. */
  readonly heldBytes: number;
  readonly rssBytes: number;
  /** Since it started. */
  readonly cpuMicros: number;
}

/** Where the instance on a port says it; see `process-probe.ts`. */
export function figuresSocket(port: string): string {
  return join(tmpdir(), `roomtone-bench-${port}.sock`);
}

/** Asks the instance at an address about its process. */
export function processFigures(url: string): Promise<ProcessFigures> {
  return new Promise((resolve, reject) => {
    get({ socketPath: figuresSocket(new URL(url).port) }, (response) => {
      // The answer of our own probe.
      json(response).then((figures) => resolve(figures as ProcessFigures), reject);
    }).on('error', reject);
  });
}
