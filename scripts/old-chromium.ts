import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { dataPath } from './local/paths';
import { UserError } from './local/steps';

/** A package of npm that holds one build of Chromium for Linux per version. */
const packageName = '@sparticuz/chromium';

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new UserError(`${program} ${args.join(' ')} failed: ${stderr}`);
}

function download(version: string, target: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-chromium-'));
  try {
    run('npm', ['pack', '--silent', `${packageName}@${version}`], folder);
    run('tar', ['xzf', ...readdirSync(folder)], folder);
    const program = brotliDecompressSync(readFileSync(join(folder, 'package', 'bin', 'chromium.br')));
    writeFileSync(`${target}.part`, program);
    chmodSync(`${target}.part`, 0o755);
    renameSync(`${target}.part`, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A real Chromium of an older version, downloaded from npm once and kept in `.data/`.
 *
 * @param version of the package, such as `103.0.0`
 * @returns the path of its program
 * @throws {UserError} where there is none for this machine, or it cannot be had
 */
export function requireOldChromium(version: string): string {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new UserError('Older builds of Chromium are tried on Linux with an x64 processor only.');
  const target = dataPath('chromium', version);
  if (!existsSync(target)) download(version, target);
  return target;
}
