import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { step, UserError } from '@/scripts/local/steps';
import { contextFiles } from './build-context';
import { startContainer } from './container';
import { type Instruction, parseCommand, parseEnvLine, type Stage } from './dockerfile';

/** An image as its stage has left it. */
export interface Image {
  readonly name: string;
  /** Its root folder, without the system. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  readonly stopSignal: string;
}

/** Instructions that describe the image and make nothing. */
const descriptions = new Set(['EXPOSE', 'LABEL']);

/** Copies from the checkout, or from an earlier stage, as `COPY` does. */
function copy({ flags, text }: Instruction, image: Image, context: string, earlier: readonly Image[]): void {
  const words = text.split(/\s+/);
  const target = resolve('/', image.workdir, words.at(-1) ?? '.');
  const from = flags['from'] === undefined ? null : earlier.find(({ name }) => name === flags['from']);
  if (from === undefined) throw new UserError(`There is no stage ${flags['from']}.`);
  for (const source of words.slice(0, -1)) {
    if (from !== null) {
      cpSync(join(from.root, source), join(image.root, target), { recursive: true, verbatimSymlinks: true });
      continue;
    }
    const files = contextFiles(context).filter((file) => source === '.' || file === source);
    if (files.length === 0) throw new UserError(`COPY ${source}: .dockerignore lets nothing of it through.`);
    for (const file of files) {
      const path = join(image.root, target, file);
      mkdirSync(dirname(path), { recursive: true });
      cpSync(join(context, file), path);
    }
  }
}

async function run(text: string, { root, workdir, env }: Image): Promise<void> {
  const child = startContainer({ root, workdir, env, command: ['sh', '-c', text], to: 'build' });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code]: unknown[] = await once(child, 'exit');
  if (code !== 0) throw new UserError(`RUN ${text} ended with ${String(code)}.\n${output}`);
}

/** One instruction, carried out. @returns the image after it */
async function apply(
  instruction: Instruction,
  image: Image,
  context: string,
  earlier: readonly Image[],
): Promise<Image> {
  const { keyword, text } = instruction;
  switch (keyword) {
    case 'ENV':
      return { ...image, env: { ...image.env, ...parseEnvLine(text) } };
    case 'WORKDIR':
      mkdirSync(join(image.root, text), { recursive: true });
      return { ...image, workdir: text };
    case 'COPY':
      copy(instruction, image, context, earlier);
      return image;
    case 'RUN':
      await step(`  RUN ${text}`, () => run(text, image));
      return image;
    case 'USER':
      return { ...image, user: text };
    case 'CMD':
      return { ...image, command: parseCommand(text) };
    case 'HEALTHCHECK':
      return { ...image, healthCheck: parseCommand(text) };
    case 'STOPSIGNAL':
      return { ...image, stopSignal: text };
    default:
      if (descriptions.has(keyword)) return image;
      throw new UserError(`These steps do not know the instruction ${keyword}.`);
  }
}

/**
 * Carries out the stages of a Dockerfile in folders.
 *
 * @param context the checkout
 * @param into where the folders are made
 * @returns the last stage's image
 */
export async function buildStages(stages: readonly Stage[], context: string, into: string): Promise<Image> {
  const images: Image[] = [];
  for (const [index, stage] of stages.entries()) {
    const name = stage.name ?? `stage ${index}`;
    const root = join(into, String(index));
    if (existsSync(root)) throw new UserError(`${root} is in the way.`);
    mkdirSync(root, { recursive: true });
    console.log(`  ${name}, from ${stage.base}`);
    const nothing = { name, root, workdir: '/', env: {}, user: 'root', command: [], healthCheck: [] };
    let image: Image = { ...nothing, stopSignal: 'SIGTERM' };
    for (const instruction of stage.instructions) image = await apply(instruction, image, context, images);
    images.push(image);
  }
  const last = images.at(-1);
  if (last === undefined || !statSync(last.root).isDirectory()) throw new UserError('The Dockerfile has no stage.');
  return last;
}
