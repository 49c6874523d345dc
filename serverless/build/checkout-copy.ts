import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { dataPath, root } from '@/scripts/local/paths';
import { UserError } from '@/scripts/local/steps';

/** A second name for a file where the file system has such, else a copy. */
function linkFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

/** The dependencies again, made of second names: real folders, as the platform has them, and no bytes. */
function copyModules(folder: string): void {
  const [from, to] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  const stampOf = (modules: string): string | null => {
    const file = join(modules, '.roomtone-installed');
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const stamp = stampOf(from) ?? readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (stampOf(to) === stamp) return;
  rmSync(to, { recursive: true, force: true });
  linkTree(from, to);
  // Not through the second name of the original's own stamp.
  rmSync(join(to, '.roomtone-installed'), { force: true });
  writeFileSync(join(to, '.roomtone-installed'), stamp);
}

function git(args: readonly string[], cwd: string): string {
  const result = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  if (result.status !== 0) throw new UserError(`This needs git. ${result.error?.message ?? result.stderr}`);
  return result.stdout;
}

/**
 * Everything that .gitignore lets through: what a platform gets, with what is edited and not committed yet. Asked of an empty repository, so
 * that a copy of the sources which was not made with git will do.
 */
function sourceFiles(): readonly string[] {
  const empty = dataPath('serverless', 'empty.git');
  git(['init', '--quiet', '--bare', empty], root);
  const list = ['ls-files', '-z', '--others', '--exclude-standard'];
  return git([`--git-dir=${empty}`, `--work-tree=${root}`, ...list], root)
    .split('\0')
    .filter((file) => file !== '');
}

/**
 * Brings the copy of this checkout that the platform's build runs in up to date, so that the build of the checkout itself is not
 * touched.
 *
 * @returns its folder
 */
export function updateCheckoutCopy(): string {
  const folder = dirname(dataPath('serverless', 'checkout', 'package.json'));
  for (const entry of readdirSync(folder)) {
    if (!['node_modules', '.vercel', '.git'].includes(entry))
      rmSync(join(folder, entry), { recursive: true, force: true });
  }
  for (const file of sourceFiles()) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, file), target);
  }
  copyModules(folder);
  // Whoever reads .gitignore, as Tailwind does, wants to see a repository; and it must not be the one around this folder.
  if (!existsSync(join(folder, '.git'))) git(['init', '--quiet'], folder);
  return folder;
}
