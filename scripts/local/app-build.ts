import { spawnSync } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths';
import { UserError } from './steps';

/** What a build is made of, besides the dependencies. */
const sources = ['app', 'lib/client', 'lib/server', 'lib/shared', 'simulator', 'prisma/schema.prisma', 'public'];
const sourceFiles = [
  'next.config.js',
  'postcss.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'package-lock.json',
];

function addTo(hash: Hash, path: string): void {
  if (!existsSync(path) || /(generated|\.next|next-env\.d\.ts)$/.test(path)) return;
  if (/\.(test\.tsx?|md)$/.test(path)) return;
  const entries = readDirectory(path);
  if (entries === null) hash.update(path).update(readFileSync(path));
  else for (const entry of entries) addTo(hash, join(path, entry));
}

function readDirectory(path: string): readonly string[] | null {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return null;
  }
}

function run(args: readonly string[], env: NodeJS.ProcessEnv, what: string): void {
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  if (result.status !== 0) throw new UserError(`${what} failed.\n${result.stdout}${result.stderr}`);
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
export function generateClient(): boolean {
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
  run([join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'], env, 'Making the database client');
  writeFileSync(clientStampFile, stamp);
  return true;
}

/** What is built: the app, or what `npm run bench` compares it with. */
export type BuildKind = 'app' | 'baseline';

/** The Next app that measurements are compared with; served when `NEXT_DIR` names it. */
export const baselineFolder = join(root, 'bench', 'baseline');

const folders: Readonly<Record<BuildKind, string>> = { app: root, baseline: baselineFolder };

const sourcesOf: Readonly<Record<BuildKind, readonly string[]>> = {
  app: [...sources, ...sourceFiles],
  baseline: ['bench/baseline', 'next.config.js', 'package-lock.json'],
};

function buildStamp(appUrl: string, kind: BuildKind): string {
  const hash = createHash('sha256').update(String(appUrl.startsWith('https:')));
  for (const source of sourcesOf[kind]) addTo(hash, join(root, source));
  return hash.digest('hex');
}

const stampFileOf = (kind: BuildKind): string => join(folders[kind], '.next', 'roomtone-build');

/** Whether the build is older than the sources. */
export function needsBuild(appUrl: string, kind: BuildKind = 'app'): boolean {
  const file = stampFileOf(kind);
  return !existsSync(file) || readFileSync(file, 'utf8') !== buildStamp(appUrl, kind);
}

/** Builds the app for serving. */
export function buildApp(appUrl: string, kind: BuildKind = 'app'): void {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    APP_URL: appUrl,
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  };
  // Taken before the build: what is edited while it runs belongs to the next one.
  const stamp = buildStamp(appUrl, kind);
  rmSync(stampFileOf(kind), { force: true });
  run([join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build', folders[kind]], env, 'The build');
  writeFileSync(stampFileOf(kind), stamp);
}
