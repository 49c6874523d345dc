import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findTools } from '@/serverless/build/tools';
import { certificateFile } from '@/serverless/host/certificate-file';
import { Host, type HostOptions } from '@/serverless/host/host';
import { readBuildOutput } from '@/serverless/output/build-output';

export interface MadeUpFunction {
  /** CommonJS whose export answers requests. */
  readonly code: string;
  /** What `.vc-config.json` says beside the usual. */
  readonly config?: object;
}

export interface MadeUpBuild {
  readonly functions: Readonly<Record<string, MadeUpFunction>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly routes?: readonly object[];
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A build's output without a build. @returns its folder */
export function writeBuild({ functions, files = {}, routes = [] }: MadeUpBuild): string {
  const checkout = mkdtempSync(join(tmpdir(), 'roomtone-made-up-'));
  const output = join(checkout, '.vercel', 'output');
  write(join(output, 'config.json'), JSON.stringify({ version: 3, routes }));
  for (const [path, { code, config = {} }] of Object.entries(functions)) {
    const folder = join(output, 'functions', `${path}.func`);
    write(join(folder, 'index.js'), code);
    write(
      join(folder, '.vc-config.json'),
      JSON.stringify({ runtime: 'nodejs24.x', handler: 'index.js', launcherType: 'Nodejs', ...config }),
    );
  }
  for (const [path, text] of Object.entries(files)) write(join(output, 'static', path), text);
  return output;
}

/** Serves a made-up build while `work` looks at it. */
export async function withHost(
  build: MadeUpBuild,
  options: Partial<Pick<HostOptions, 'platform' | 'variables'>>,
  work: (host: Host) => Promise<void>,
): Promise<void> {
  const folder = writeBuild(build);
  const host = await Host.start({
    output: readBuildOutput(folder),
    node: findTools().node,
    certificate: {
      cert: readFileSync(certificateFile('cert'), 'utf8'),
      key: readFileSync(certificateFile('key'), 'utf8'),
    },
    port: 0,
    variables: { NODE_EXTRA_CA_CERTS: certificateFile('cert'), ...options.variables },
    ...(options.platform && { platform: options.platform }),
    ...(process.env['INSTANCE_LOG'] === '1' && { onOutput: (_, text) => process.stderr.write(text) }),
  });
  try {
    await work(host);
  } finally {
    await host.stop();
    rmSync(dirname(dirname(folder)), { recursive: true, force: true });
  }
}
