import { readFileSync } from 'node:fs';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

/** The newest version of each in which a fault was mended that reaches us; every copy that is installed counts. */
const floors: Readonly<Record<string, string>> = {
  next: '16.4.5',
  sharp: '0.35.5',
  'iron-session': '8.0.4',
  oauth4webapi: '3.8.7',
};

const numbers = (version: string): readonly number[] => version.split(/[.-]/).slice(0, 3).map(Number);

function isBelow(version: string, floor: string): boolean {
  const [own, least] = [numbers(version), numbers(floor)];
  const at = own.findIndex((part, index) => part !== least[index]);
  return at !== -1 && (own[at] ?? 0) < (least[at] ?? 0);
}

const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

test.each(Object.entries(floors))('WB-08 no copy of %s is older than %s', (name, floor) => {
  const copies = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  expect(copies.length).toBeGreaterThan(0);
  for (const [path, { version = '0' }] of copies)
    expect([path, version, isBelow(version, floor)]).toEqual([path, version, false]);
});

test('WB-08 versions are compared by their numbers', () => {
  const pairs = [
    ['16.4.5', '16.4.5'],
    ['16.10.0', '16.4.5'],
    ['17.0.0', '16.4.5'],
    ['16.4.4', '16.4.5'],
    ['9.9.9', '16.4.5'],
  ] as const;
  expect(pairs.map(([version, floor]) => isBelow(version, floor))).toEqual([false, false, false, true, true]);
});
