import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly takesBack: boolean;
}

/** A pattern of a .dockerignore as an expression: of a path, or of a folder above it. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? part);
  return new RegExp(`^${parts.join('')}(?:/|$)`);
}

function readRules(root: string): readonly Rule[] {
  return readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const takesBack = line.startsWith('!');
      const expression = expressionOf(takesBack ? line.slice(1) : line);
      return { takesBack, matches: (path: string) => expression.test(path) };
    });
}

/**
 * The files of a folder that an image's build may see, as its .dockerignore says: the last rule that matches decides. What is left out at the
 * top is not looked into, so that rules may take back whole entries of the top only.
 *
 * @returns paths from the folder
 */
export function contextFiles(root: string): readonly string[] {
  const rules = readRules(root);
  const isIn = (path: string): boolean => rules.findLast(({ matches }) => matches(path))?.takesBack ?? true;
  return readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => isIn(name))
    .flatMap((entry) => {
      if (entry.isFile()) return [entry.name];
      const below = readdirSync(join(root, entry.name), { recursive: true, withFileTypes: true });
      return below
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).slice(root.length + 1))
        .filter(isIn);
    });
}
