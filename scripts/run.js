/**
 * Runs a program of this repository, written in TypeScript: `node --conditions=react-server scripts/run.js PROGRAM [arguments]`, where
 * the program is a path from the checkout's root. What is not installed yet is installed first, so this is plain JavaScript on Node's
 * own modules.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { explainUnwritable } from './local/unwritable.js';

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

/** What an installation is made of. */
const installedFrom = ['package.json', 'package-lock.json', '.npmrc'];

/** Names what is installed: dependencies are installed again when it changes. */
function installStamp() {
  const hash = createHash('sha256');
  for (const file of installedFrom) hash.update(readFileSync(join(root, file)));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

const stampFile = join(modules, '.roomtone-installed');

function npmCi(folder) {
  // Windows has npm as a script only, which needs its shell.
  const result = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
    // The Prisma command-line tool would download an engine that is never used here.
    env: { ...process.env, PRISMA_SKIP_POSTINSTALL_GENERATE: '1', PRISMA_ENGINES_CHECKSUM_IGNORE_MISSING: '1' },
  });
  if (result.status === 0) return;
  console.log('failed');
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  console.error('The dependencies could not be installed; the lines above say why.');
  process.exit(1);
}

function installInPlace(stamp) {
  npmCi(root);
  writeFileSync(stampFile, stamp);
}

/** Installs beside what is installed, which may be in use, and puts it in its place when it is whole. */
function installAside(stamp) {
  const aside = join(root, '.data', 'install');
  const clear = () => rmSync(aside, { recursive: true, force: true });
  clear();
  process.once('exit', clear);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  for (const file of installedFrom) copyFileSync(join(root, file), join(aside, file));
  npmCi(aside);
  writeFileSync(join(aside, 'node_modules', '.roomtone-installed'), stamp);
  try {
    renameSync(modules, join(aside, 'before'));
    renameSync(join(aside, 'node_modules'), modules);
  } catch {
    // A folder that is mounted cannot be moved.
    installInPlace(stamp);
  }
  clear();
  process.off('exit', clear);
}

function install() {
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const started = Date.now();
  process.stdout.write('  Installing dependencies … ');
  // Windows moves no folder of which something is in use.
  if (existsSync(modules) && process.platform !== 'win32') installAside(stamp);
  else installInPlace(stamp);
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

/** Ends with the processes whose end is ours too. */
function followLaunchers() {
  const launchers = findLaunchers();
  process.env.ROOMTONE_LAUNCHERS = launchers.join(',');
  // npm killed outright takes nobody along by itself.
  setInterval(() => launchers.every(isAlive) || process.kill(process.pid, 'SIGTERM'), 1_000).unref();
}

const [, , program, ...rest] = process.argv;

/** Installs what is missing. A platform that builds a deployed site has installed what it wants; and what was built last needs nothing newer. */
function prepare() {
  const isForPlatforms = /^scripts\/(build|generate|migrate)\.ts$/.test(program);
  const asItIs = rest.includes('--last-build') || (isForPlatforms && !existsSync(stampFile));
  if (!asItIs || !existsSync(modules)) install();
}

/** The one command that people leave running: compiled once, nothing that compiles stays beside it. */
async function runCompiled() {
  const { compileProgram } = await import('./local/compile-program.js');
  const file = join(root, '.data', 'programs', `${program.replaceAll(/\W/g, '-')}.js`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  compileProgram(program, file);
  await import(pathToFileURL(file).href);
}

/** As if the program had been started with tsx, also for the children to which Node passes its options on. */
async function runLoaded() {
  process.execArgv.push('--import', 'tsx');
  await import('tsx');
  await import(pathToFileURL(join(root, program)).href);
}

process.argv = [process.argv[0], join(root, program), ...rest];
checkNode();
try {
  prepare();
  followLaunchers();
  await (program === 'scripts/start.ts' ? runCompiled() : runLoaded());
} catch (error) {
  const explained = explainUnwritable(error);
  if (explained === null) throw error;
  console.error(`\n${explained}`);
  process.exit(1);
}
