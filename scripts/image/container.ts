import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataPath } from '@/scripts/local/paths';

export interface ContainerOptions {
  /** The image's root folder. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** `build`: root, who writes; `run`: an ordinary user without rights, where nobody can write. */
  readonly to: 'build' | 'run';
}

const quote = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** This machine's own system stands in for the base image's. */
const system = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'etc'];

function mountSystem(at: string): readonly string[] {
  return system
    .filter((name) => existsSync(`/${name}`))
    .flatMap((name) =>
      lstatSync(`/${name}`).isSymbolicLink()
        ? [`[ -e ${at}/${name} ] || ln -s ${quote(readlinkSync(`/${name}`))} ${at}/${name}`]
        : [`mkdir -p ${at}/${name}`, `mount --bind /${name} ${at}/${name}`, `mount -o remount,bind,ro ${at}/${name}`],
    );
}

/** Where packages come from is this machine's matter, as its network is. */
function mountNpm(at: string): readonly string[] {
  const settings = join(homedir(), '.npmrc');
  const cache = dataPath('image-npm-cache');
  return [
    `mkdir -p ${quote(cache)} ${at}/root ${at}/tmp`,
    `mount -t tmpfs tmpfs ${at}/root`,
    `mount -t tmpfs tmpfs ${at}/tmp`,
    `mkdir ${at}/root/.npm`,
    `mount --bind ${quote(cache)} ${at}/root/.npm`,
    ...(existsSync(settings) ? [`cp ${quote(settings)} ${at}/root/.npmrc`] : []),
  ];
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Starts a command in something like a container, without an engine: it sees the system, the image's folder and nothing else of this machine
 * but its network, is the first process of its own, and has no standard input. Linux only; as root, or where users may make namespaces.
 */
export function startContainer({ root, workdir, env, command, to }: ContainerOptions): ChildProcess {
  const at = quote(root);
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? '--reuid=1000 --regid=1000 --clear-groups ' : '';
  // Whoever becomes another user is not asked any more to end with its parent, and would stay.
  const drop = to === 'build' ? '' : `setpriv ${user}--no-new-privs --bounding-set=-all --pdeathsig=KILL`;
  const variables = Object.entries({ PATH: path, HOME: '/root', ...env }).map(([name, value]) =>
    quote(`${name}=${value}`),
  );
  const script = [
    'set -e',
    `mount --bind ${at} ${at}`,
    ...mountSystem(at),
    `mkdir -p ${at}/proc ${at}/dev`,
    `mount -t proc proc ${at}/proc`,
    `mount --rbind /dev ${at}/dev`,
    ...(to === 'build' ? mountNpm(at) : [`mount -o remount,bind,ro ${at}`]),
    `exec chroot ${at} ${drop} env -i ${variables.join(' ')} sh -c ${quote(`cd ${workdir} && exec "$@"`)} sh ${command.map(quote).join(' ')}`,
  ].join('\n');
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', ...(isRoot ? [] : ['--user', '--map-root-user'])];
  return spawn('unshare', [...namespaces, 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The processes below one, by what the system says of each; none below one that has ended. */
export function processesBelow(pid: number): readonly number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(list) ? readFileSync(list, 'utf8').split(' ').map(Number) : [];
  return children.filter((child) => child > 0).flatMap((child) => [child, ...processesBelow(child)]);
}

/** Memory that a process holds, in bytes; shared parts count too. */
export function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1_024;
}
