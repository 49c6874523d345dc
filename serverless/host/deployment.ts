import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Variables } from '@/scripts/local/environment';
import type { BuildOutput } from '@/serverless/output/build-output';
import { layOut } from '@/serverless/output/function-files';
import type { InstanceVariables, Platform } from './platform';
import { Pool, type Usage } from './pool';

export interface DeploymentOptions {
  readonly id: string;
  readonly output: BuildOutput;
  readonly node: string;
  readonly variables: Variables;
  readonly platform: Platform;
  readonly instanceVariables: InstanceVariables;
  readonly onOutput: (instance: string, text: string) => void;
}

/** One build, running: a pool of instances for each of its functions. */
export class PlatformDeployment {
  readonly id: string;
  readonly output: BuildOutput;
  /** Outside of the checkout, so that functions find nothing in folders above theirs. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'roomtone-functions-'));
  readonly #pools = new Map<string, Pool>();

  constructor({ id, output, ...options }: DeploymentOptions) {
    this.id = id;
    this.output = output;
    for (const [index, built] of output.functions.entries()) {
      const folder = join(this.#folder, String(index));
      layOut(output, built, folder);
      const pool = new Pool({ ...options, built, folder });
      for (const path of built.paths) this.#pools.set(path, pool);
    }
  }

  get pools(): readonly Pool[] {
    return [...new Set(this.#pools.values())];
  }

  /** Whether something answers at that path. */
  has(path: string): boolean {
    return this.#pools.has(path) || this.output.files.has(path);
  }

  /** The instances that answer at that path; undefined where a file does. */
  pool(path: string): Pool | undefined {
    return this.#pools.get(path);
  }

  /** What each function has used, by name. */
  async usage(): Promise<ReadonlyMap<string, Usage>> {
    return new Map(await Promise.all(this.pools.map(async (pool) => [pool.built.name, await pool.usage()] as const)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.pools.map((pool) => pool.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
