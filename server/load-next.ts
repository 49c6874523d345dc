import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type next from 'next';

/** Where Next leaves the configuration that it has built with. */
const manifest = join('.next', 'required-server-files.json');

interface Manifest {
  readonly config?: { readonly output?: string };
}

/**
 * Next's server for an app that was built, or for sources. It is loaded from the app's own dependencies: a build's folder carries them, so
 * that nothing that is installed or built beside it can change what is served.
 */
export function loadNext(
  folder: string,
  options: { readonly dev: boolean; readonly hostname: string; readonly port: number },
): ReturnType<typeof next> {
  const file = join(folder, manifest);
  if (!options.dev && existsSync(file)) {
    const { config }: Manifest = JSON.parse(readFileSync(file, 'utf8'));
    // As the server does that Next writes beside such a build: the configuration is as it was then, and what reads and checks one is not there.
    if (config?.output === 'standalone') process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(config);
    process.chdir(folder);
  }
  const load: typeof next = createRequire(join(folder, 'package.json'))('next');
  // Deployed, the app logs what goes wrong itself, without messages, which may quote data (`page.failed`).
  return load({ ...options, dir: folder, quiet: !options.dev });
}
