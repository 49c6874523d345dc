import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@/scripts/local/paths';
import { UserError } from '@/scripts/local/steps';

const folder = join(root, 'serverless', 'tools');
const modules = join(folder, 'node_modules');
const stampFile = join(modules, '.roomtone-installed');

/** The major version of Node that functions run on. */
const nodeMajor = 24;

/** What the platform builds and runs with. */
export interface Tools {
  /** The platform's command line. */
  readonly vercel: string;
  /** A Node as functions run on it. */
  readonly node: string;
}

function stamp(): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/** Whether {@link installTools} has nothing to do. */
export function hasTools(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp();
}

/**
 * Installs the tools in a folder of their own. They are no dependency of Roomtone: a start must not wait for them, and npm would put their
 * Node in front of the one that runs all commands.
 *
 * @throws {UserError} with npm's own words
 */
export function installTools(): void {
  if (hasTools()) return;
  rmSync(stampFile, { force: true });
  const result = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) {
    throw new UserError(`The platform's tools could not be installed.\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  }
  writeFileSync(stampFile, stamp());
}

/** Where npm keeps a Node for this system; this process's own where it is of that version already. */
function findNode(): string {
  const names = ['node', 'node-bin'].map((name) => `${name}-${process.platform}-${process.arch}`);
  const found = names.map((name) => join(modules, name, 'bin', 'node')).find(existsSync);
  if (found !== undefined) return found;
  if (process.versions.node.startsWith(`${nodeMajor}.`)) return process.execPath;
  throw new UserError(
    `npm has no Node ${nodeMajor} for ${process.platform} ${process.arch}. Run this with Node ${nodeMajor}.`,
  );
}

/** The tools, which have to be installed. */
export function findTools(): Tools {
  return { vercel: join(modules, 'vercel', 'dist', 'vc.js'), node: findNode() };
}
