import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refusalOf, type Right, rights, type Standing, standings } from '@/lib/shared/rules/rights';
import { root } from '@/scripts/local/paths';

const rooms = 'app/api/rooms/[code]';

/** The addresses of rooms, each with the right that its route asks for. */
function readRoutes(): readonly { readonly right: string; readonly address: string }[] {
  const files = readdirSync(join(root, rooms), { recursive: true, encoding: 'utf8' });
  const folders = files.filter((file) => file.endsWith('route.ts')).map(dirname);
  return folders.toSorted().flatMap((folder) => {
    const source = readFileSync(join(root, rooms, folder, 'route.ts'), 'utf8');
    const path = folder === '.' ? '' : `/${folder.replaceAll('[id]', 'ID')}`;
    const declared = [...source.matchAll(/\b(GET|POST|PUT|PATCH|DELETE|get)\b(?::| =) route\(\{\s*access: '(\w+)'/g)];
    return declared.map(([, method = '', right = '']) => ({ right, address: `\`${method.toUpperCase()} …${path}\`` }));
  });
}

function cell(right: Right, standing: Standing, isAsked: boolean): string {
  const holders: { readonly who: readonly Standing[]; readonly guestsWhere?: string } = rights[right];
  if (holders.who.includes(standing)) return '●';
  if (standing === 'guest' && holders.guestsWhere !== undefined) return `● where \`${holders.guestsWhere}\``;
  return isAsked ? `\`${refusalOf(right, standing)}\`` : '–';
}

/** The table of docs/api.md as it follows from the code. */
function printTable(): string {
  const routes = readRoutes();
  const names = Object.keys(rights) as Right[];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...standings.map((standing) => standing.replace('_', '-'))]),
    row(['---', ...standings.map(() => '---')]),
    ...names.map((right) => {
      const addresses = routes.filter((route) => route.right === right).map(({ address }) => address);
      const words = [rights[right].does, addresses.join(', ')].filter((part) => part !== '').join(': ');
      return row([words, ...standings.map((standing) => cell(right, standing, addresses.length > 0))]);
    }),
  ].join('\n');
}

test('every address of a room asks for a right of the table', () => {
  const known = new Set<string>(Object.keys(rights));
  const routes = readRoutes();
  expect(routes.length).toBeGreaterThan(35);
  expect(routes.filter(({ right }) => !known.has(right))).toEqual([]);
});

test('docs/api.md prints the table as it is in code', () => {
  const section = readFileSync(join(root, 'docs/api.md'), 'utf8').split('\n## Who may do what\n')[1] ?? '';
  const table = section.split('\n## ')[0]?.match(/^\|[^]*\|$/m)?.[0];
  expect(table).toBe(printTable());
});
