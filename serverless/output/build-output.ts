import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { type OutputConfig, parseConfig } from './config';

const functionSchema = z.object({
  runtime: z.string(),
  handler: z.string(),
  launcherType: z.string().optional(),
  /** Which files of the checkout it gets, by the path that it gets them under. */
  filePathMap: z.record(z.string(), z.string()).default({}),
  environment: z.record(z.string(), z.string()).default({}),
  memory: z.number().optional(),
  maxDuration: z.union([z.number(), z.literal('max')]).optional(),
  supportsResponseStreaming: z.boolean().default(false),
  supportsCancellation: z.boolean().default(false),
  /** Takes a `Request` and answers a `Response`, in place of Node's own. */
  useWebApi: z.boolean().default(false),
});

/** A function of a build: one set of files, one set of instances. */
export interface BuiltFunction extends z.infer<typeof functionSchema> {
  /** The path of the first address that it answers, such as `api/rooms/[code]/events`. */
  readonly name: string;
  /** Every path that it answers. */
  readonly paths: readonly string[];
  readonly folder: string;
}

/** What the platform's build made. */
export interface BuildOutput {
  readonly folder: string;
  /** The checkout that was built: where `filePathMap` points into. */
  readonly checkout: string;
  readonly config: OutputConfig;
  readonly functions: readonly BuiltFunction[];
  /** Files that are served as they are, by path. */
  readonly files: ReadonlyMap<string, { readonly file: string; readonly contentType?: string }>;
}

const slashes = (path: string): string => path.split(sep).join('/');

/** Folders of functions below a folder, by path; several may be the same one by links. */
function functionFolders(folder: string, top = folder): readonly (readonly [path: string, folder: string])[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name.endsWith('.func'))
      return [[slashes(relative(top, path)).slice(0, -'.func'.length), realpathSync(path)] as const];
    return lstatSync(path).isDirectory() ? functionFolders(path, top) : [];
  });
}

function readFunctions(folder: string): readonly BuiltFunction[] {
  const byFolder = new Map<string, string[]>();
  for (const [path, real] of functionFolders(folder)) byFolder.set(real, [...(byFolder.get(real) ?? []), path]);
  return [...byFolder].map(([real, paths]) => ({
    ...functionSchema.parse(JSON.parse(readFileSync(join(real, '.vc-config.json'), 'utf8'))),
    name: slashes(relative(folder, real)).slice(0, -'.func'.length),
    paths: paths.toSorted(),
    folder: real,
  }));
}

function readFiles(folder: string, { overrides }: OutputConfig): BuildOutput['files'] {
  const files = new Map<string, { readonly file: string; readonly contentType?: string }>();
  if (!existsSync(folder)) return files;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, path);
    if (!statSync(file).isFile()) continue;
    const { path: served = slashes(path), contentType } = overrides[slashes(path)] ?? {};
    files.set(served, contentType === undefined ? { file } : { file, contentType });
  }
  return files;
}

/** Reads a build's output, of https://vercel.com/docs/build-output-api */
export function readBuildOutput(folder: string): BuildOutput {
  const config = parseConfig(readFileSync(join(folder, 'config.json'), 'utf8'));
  return {
    folder,
    checkout: dirname(dirname(folder)),
    config,
    functions: readFunctions(realpathSync(join(folder, 'functions'))),
    files: readFiles(join(folder, 'static'), config),
  };
}
