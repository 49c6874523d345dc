import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@/scripts/local/paths';
import { type Ended, type Program, startProgram } from './program';

/** What a checkout has made itself, and what no program reads. */
const leftOut = new Set(['node_modules', '.git', '.next', '.data', '.builds', 'docs', 'test-results', 'bench']);

/** A copy of this checkout's sources in a folder of its own, without data: for what a command does to a checkout. */
export class CheckoutCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * @param parts `linked` leads to this checkout's dependencies and builds; `own` has them apart, as far as they are changed: bundlers follow
   * no link out of a checkout
   */
  static make(parts: 'linked' | 'own'): CheckoutCopy {
    const folder = mkdtempSync(join(tmpdir(), 'roomtone-copy-'));
    chmodSync(folder, 0o755);
    for (const name of readdirSync(root))
      if (!leftOut.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
    for (const name of ['node_modules', '.builds']) {
      if (parts === 'linked') symlinkSync(join(root, name), join(folder, name));
      else if (spawnSync('cp', ['-al', join(root, name), folder]).status !== 0)
        cpSync(join(root, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
    }
    return new CheckoutCopy(folder);
  }

  /** Starts one of its programs in plain JavaScript, by its path: `scripts/run.js` runs the others. */
  start(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
    return startProgram(['--conditions=react-server', join(this.folder, program), ...args], { cwd: this.folder, env });
  }

  /** The same, to its end. */
  run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
    return this.start(program, args, env).ended;
  }

  /** A folder in it. */
  make(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
