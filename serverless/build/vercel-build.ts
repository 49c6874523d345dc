import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Variables } from '@/scripts/local/environment';
import { UserError } from '@/scripts/local/steps';
import { updateCheckoutCopy } from './checkout-copy';
import { findTools, installTools } from './tools';

/** What the platform knows of the project; without it the command line asks. */
const project = {
  projectId: 'prj_roomtone',
  orgId: 'team_roomtone',
  projectName: 'roomtone',
  settings: {
    framework: 'nextjs',
    // The copy has its dependencies. Everything else is as the project's own vercel.json says.
    installCommand: '',
    buildCommand: null,
    devCommand: null,
    outputDirectory: null,
    rootDirectory: null,
    directoryListing: false,
    nodeVersion: '24.x',
  },
};

/** What the platform says of itself to every build and every function. */
export function platformVariables(environment: 'production' | 'preview'): Variables {
  return {
    VERCEL: '1',
    VERCEL_ENV: environment,
    VERCEL_TARGET_ENV: environment,
    VERCEL_URL: 'roomtone-a1b2c3d4e-somebody.vercel.app',
    VERCEL_BRANCH_URL: 'roomtone-git-main-somebody.vercel.app',
    VERCEL_PROJECT_PRODUCTION_URL: 'roomtone.vercel.app',
    VERCEL_PROJECT_ID: project.projectId,
    VERCEL_REGION: 'iad1',
    VERCEL_DEPLOYMENT_ID: 'dpl_roomtone',
    VERCEL_GIT_COMMIT_REF: 'main',
  };
}

export interface BuildOptions {
  readonly environment: 'production' | 'preview';
  /** The project's variables, as a deployer sets them. */
  readonly variables: Variables;
}

export interface BuildResult {
  readonly ok: boolean;
  /** What it printed. */
  readonly text: string;
  /** `.vercel/output`. */
  readonly output: string;
}

/** Runs the platform's own build in the copy of this checkout. No network is used. */
export async function runVercelBuild({ environment, variables }: BuildOptions): Promise<BuildResult> {
  installTools();
  const { vercel, node } = findTools();
  const folder = updateCheckoutCopy();
  mkdirSync(join(folder, '.vercel'), { recursive: true });
  writeFileSync(join(folder, '.vercel', 'project.json'), JSON.stringify(project));
  // What the command line would fetch and write here by itself.
  writeFileSync(join(folder, '.vercel', `.env.${environment}.local`), '');
  const home = join(folder, '.vercel', 'home');
  mkdirSync(home, { recursive: true });
  const target = environment === 'production' ? ['--prod'] : ['--target', 'preview'];
  const child = spawn(node, [vercel, 'build', '--yes', ...target, '--global-config', home], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter),
      HOME: home,
      NODE_ENV: 'production',
      CI: '1',
      // Given, so that nobody is asked; nothing is sent anywhere.
      VERCEL_TOKEN: 'offline',
      VERCEL_TELEMETRY_DISABLED: '1',
      VERCEL_DISABLE_UPDATE_CHECK: '1',
      NO_UPDATE_NOTIFIER: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      ...platformVariables(environment),
      ...variables,
    },
  });
  let text = '';
  const add = (chunk: Buffer): void => {
    text += chunk.toString();
    if (process.env['BUILD_LOG'] === '1') process.stderr.write(chunk);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  // Not its streams' end: what it leaves behind may hold them open.
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { ok: status === 0, text, output: join(folder, '.vercel', 'output') };
}

/** Variables of a build whose output runs anywhere: addresses and secrets are read when functions start. */
const buildVariables: Variables = {
  SPOTIFY_CLIENT_ID: 'test-client',
  SPOTIFY_CLIENT_SECRET: 'test-client-secret',
  SESSION_SECRET: createHash('sha256').update('for this build alone').digest('base64'),
};

/** Where the log of the build is whose output lies there. */
export function buildLogOf(output: string): string {
  return join(dirname(output), 'build.log');
}

/**
 * The output of the platform's production build of this checkout.
 *
 * @param databaseUrl a migrated database that the build may look at
 * @throws {UserError} with everything that the build printed
 */
export async function buildForPlatform(databaseUrl: string): Promise<string> {
  const { ok, text, output } = await runVercelBuild({
    environment: 'production',
    variables: { ...buildVariables, DATABASE_URL: databaseUrl },
  });
  if (!ok) throw new UserError(`The platform's build failed.\n${text}`);
  writeFileSync(buildLogOf(output), text);
  return output;
}
