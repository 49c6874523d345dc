import { spawn } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  adoptBuild,
  type BuildNote,
  buildNoteFile,
  buildsFolder,
  currentBuild,
  moveFolder,
  readBuildNote,
} from './builds';
import { runningBuild } from './checkout-lock';
import { compileProgram } from './compile-program.js';
import type { Variables } from './environment';
import { inheritFiles } from './inherited-files';
import { withLock } from './lock';
import { root } from './paths';
import { UserError } from './steps';

/** What a build is made of, besides the dependencies. */
const sources = ['app', 'lib/client', 'lib/server', 'lib/shared', 'simulator', 'prisma', 'public', 'server'];
const sourceFiles = [
  'next.config.js',
  'postcss.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'package-lock.json',
  // Compiled into a build: what migrates the database, and what it stands on.
  'scripts/migrate.ts',
  'scripts/database',
  'scripts/local',
];

function addTo(hash: Hash, path: string): void {
  if (!existsSync(path) || /(generated|\.next|next-env\.d\.ts)$/.test(path)) return;
  if (/\.(test\.tsx?|md)$/.test(path)) return;
  const entries = readDirectory(path);
  if (entries === null) hash.update(relative(root, path).replaceAll('\\', '/')).update(readFileSync(path));
  else for (const entry of entries) addTo(hash, join(path, entry));
}

function readDirectory(path: string): readonly string[] | null {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return null;
  }
}

/** Runs a program, and ends it with this one. */
async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  what: string,
  output: 'kept' | 'shown' = 'kept',
): Promise<void> {
  const stdio = output === 'kept' ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', stdio, stdio] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part) => (text += part));
  const stop = (): void => void child.kill();
  process.once('exit', stop);
  const status = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  process.off('exit', stop);
  // What was shown is not kept.
  if (status !== 0) throw new UserError(`${what} failed.\n${text}`.trim());
}

const clientStampFile = join(root, 'lib', 'server', 'db', 'generated', '.stamp');

function clientStamp(): string {
  const schema = readFileSync(join(root, 'prisma', 'schema.prisma'));
  return createHash('sha256').update(schema).digest('hex');
}

/** Whether the schema has changed since the database client was made. */
export function needsClient(): boolean {
  return !existsSync(clientStampFile) || readFileSync(clientStampFile, 'utf8') !== clientStamp();
}

/** Makes the database client from the schema, when the schema has changed since. True when it was made. */
export async function generateClient(): Promise<boolean> {
  if (!needsClient()) return false;
  const stamp = clientStamp();
  // What is killed half-way must not pass for what was there before.
  rmSync(clientStampFile, { force: true });
  // The command insists on an engine it does not need for this; any existing file will do, and nothing is downloaded.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  await run([join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'], env, 'Making the database client');
  writeFileSync(clientStampFile, stamp);
  return true;
}

/** The Next app that measurements are compared with; served when `NEXT_DIR` names it. */
export const baselineFolder = join(root, 'bench', 'baseline');

const appSources = [...sources, ...sourceFiles];
const baselineSources = ['bench/baseline', 'next.config.js', 'package-lock.json'];

function stampOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, join(root, path));
  return hash.digest('hex');
}

/** Next's own build, into `.next` of a folder. Nobody serves from there, so that it may fail. */
function buildNext(folder: string, env: Variables, output: 'kept' | 'shown' = 'kept'): Promise<void> {
  const args = [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build', folder];
  const all = { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } as const;
  return run(args, all, 'The build', output);
}

/** Builds the app where a platform looks for it, and as the platform wants it. What Next prints is shown: it is the platform's log. */
export function buildForPlatform(): Promise<void> {
  return buildNext(root, {}, 'shown');
}

/** The programs of a build, by the names of their files. */
const programs: Readonly<Record<string, string>> = {
  'serve.js': 'server/serve.ts',
  'migrate.js': 'scripts/migrate.ts',
  'health.js': 'server/health.ts',
};

/** Puts everything together that serving needs: nothing outside of the folder is asked for. */
function assemble(draft: string): void {
  moveFolder(join(root, '.next', 'standalone'), draft);
  moveFolder(join(root, '.next', 'static'), join(draft, '.next', 'static'));
  // Next copies what a deployer said, which belongs to the start and not to the build; and a server of its own.
  for (const name of readdirSync(draft)) if (/^(\.env.*|server\.js)$/.test(name)) rmSync(join(draft, name));
  if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(draft, 'public'), { recursive: true });
  cpSync(join(root, 'prisma', 'migrations'), join(draft, 'prisma', 'migrations'), { recursive: true });
  for (const [name, entry] of Object.entries(programs)) compileProgram(entry, join(draft, name));
}

function note(folder: string, content: BuildNote): void {
  writeFileSync(join(folder, buildNoteFile), JSON.stringify(content));
}

/** Whether there is no build of the present sources. */
export function needsBuild(): boolean {
  const current = currentBuild();
  return current === null || readBuildNote(current)?.stamp !== stampOf(appSources);
}

/** How long somebody else's build is waited for, in ms: a small machine takes minutes. */
const patienceMs = 15 * 60_000;

/**
 * Builds the app into a folder of its own, beside whatever is served meanwhile. Only a build that is whole becomes the current one: after
 * one that failed, everything is as before.
 *
 * @param into where it goes instead of becoming the current one
 * @returns where it is
 */
export function buildApp(into?: string): Promise<string> {
  return withLock(
    'build',
    async () => {
      // Taken before the build: what is edited while it runs belongs to the next one.
      const stamp = stampOf(appSources);
      await buildNext(root, { ROOMTONE_BUILD: 'folder' });
      const draft = join(buildsFolder, `.draft-${process.pid}`);
      rmSync(draft, { recursive: true, force: true });
      try {
        assemble(draft);
        const previous = into === undefined ? currentBuild() : null;
        note(draft, { stamp, inherited: previous === null ? {} : inheritFiles(previous, draft) });
        if (into === undefined) return adoptBuild(draft, runningBuild());
        mkdirSync(into, { recursive: true });
        for (const name of readdirSync(draft)) moveFolder(join(draft, name), join(into, name));
        return into;
      } finally {
        rmSync(draft, { recursive: true, force: true });
      }
    },
    patienceMs,
  );
}

const baselineStampFile = join(baselineFolder, '.next', 'roomtone-build');

/** Builds what measurements are compared with, where it has changed. */
export async function buildBaseline(): Promise<void> {
  const stamp = stampOf(baselineSources);
  if (existsSync(baselineStampFile) && readFileSync(baselineStampFile, 'utf8') === stamp) return;
  rmSync(baselineStampFile, { force: true });
  await buildNext(baselineFolder, {});
  writeFileSync(baselineStampFile, stamp);
}
