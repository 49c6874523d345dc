/**
 * Runs a program of this repository, written in TypeScript: `node --conditions=react-server scripts/run.js PROGRAM [arguments]`, where
 * the program is a path from the checkout's root. What is not installed yet is installed first, so this is plain JavaScript on Node's
 * own modules.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');

/** The oldest Node that all dependencies take. */
const minNode = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > minNode[0] || (major === minNode[0] && minor >= minNode[1])) return;
  console.error(
    `Roomtone needs Node ${minNode.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
  process.exit(1);
}

/** Names what is installed: dependencies are installed again when it changes. */
function installStamp() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) hash.update(readFileSync(join(root, file)));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function install() {
  const stampFile = join(modules, '.roomtone-installed');
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const started = Date.now();
  process.stdout.write('  Installing dependencies … ');
  // Windows has npm as a script only, which needs its shell.
  const result = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
    // The Prisma command-line tool would download an engine that is never used here.
    env: { ...process.env, PRISMA_SKIP_POSTINSTALL_GENERATE: '1', PRISMA_ENGINES_CHECKSUM_IGNORE_MISSING: '1' },
  });
  if (result.status !== 0) {
    console.log('failed');
    console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    console.error('The dependencies could not be installed; the lines above say why.');
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** The parent of a process and its command, where the system tells. */
function parentOf(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [parent, command = ''] = (stdout ?? '').trim().split(/\s+/, 2);
  return { parent: Number(parent) || null, command };
}

/** The processes whose end is ours too: npm, and the shell it runs scripts in. A terminal's own shell is not among them. */
function findLaunchers() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return [];
  const { parent, command } = parentOf(process.ppid);
  return /(^|\/)(ba|da|z)?sh$/.test(command) && parent !== null ? [process.ppid, parent] : [process.ppid];
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const [, , program, ...rest] = process.argv;
checkNode();
// A platform that builds a deployed site has installed what it wants installed.
const isForPlatforms = /^scripts\/(build|generate|migrate)\.ts$/.test(program);
if (!isForPlatforms || !existsSync(modules)) install();

const launchers = findLaunchers();
process.env.ROOMTONE_LAUNCHERS = launchers.join(',');
// npm killed outright takes nobody along by itself.
setInterval(() => launchers.every(isAlive) || process.kill(process.pid, 'SIGTERM'), 1_000).unref();

// As if the program had been started with tsx, also for the children to which Node passes its options on.
process.execArgv.push('--import', 'tsx');
process.argv = [process.argv[0], join(root, program), ...rest];
await import('tsx');
await import(pathToFileURL(join(root, program)).href);
