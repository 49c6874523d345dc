import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopInstance } from './lifecycle';
import { scrape } from './metrics';

// What docs/operations.md and the dashboard say is compared with the code, in both directions.

afterAll(stopInstance);

const read = (path: string): string => readFileSync(join(process.cwd(), path), 'utf8');
const page = read('docs/operations.md');

/** Names in the first column of the page's tables. */
const inTables = [...page.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
  [...names.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name),
);

function loggedEvents(): ReadonlyMap<string, string> {
  const sources = readdirSync(join(process.cwd(), 'lib/server'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('generated'))
    .map((file) => read(join('lib/server', file)));
  const calls = sources.flatMap((text) => [...text.matchAll(/\blog\.(debug|info|warn|error)\(\s*'([\w.]+)'/g)]);
  return new Map(calls.map(([, level = '', event = '']) => [event, level]));
}

/** Every figure of a scrape, with the names that its series have. */
async function figures(): Promise<ReadonlyMap<string, readonly string[]>> {
  const types = [...(await scrape()).text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  return new Map(
    types.map(([, name = '', type]) => [
      name,
      type === 'histogram' || type === 'summary' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ]),
  );
}

const metricName = /\b(?:roomtone|nodejs|process)_\w+/g;

test('every event of the log is explained, under its level, and none that there is not', () => {
  const events = loggedEvents();
  expect(events.size).toBeGreaterThan(20);
  expect(inTables.filter((name) => name.includes('.')).toSorted()).toEqual([...events.keys()].toSorted());
  const [, error = '', warn = '', info = ''] = page.split(/^### .*$/m);
  for (const [event, level] of events) {
    const section = { error, warn, info, debug: info }[level];
    expect(`${level}: ${section?.includes(`| \`${event}\` |`) === true ? event : 'elsewhere'}`).toBe(
      `${level}: ${event}`,
    );
  }
});

test('RL-13 each warning and each error says by itself what there is to be done', () => {
  const [, error = '', warn = ''] = page.split(/^### .*$/m);
  const rows = [...(error + warn).matchAll(/^\| `([\w.]+)` \|.*\| ([^|]+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(12);
  for (const [, event, todo] of rows) expect(`${event}: ${todo}`).not.toMatch(/: (-|nothing|wait$|the same)/);
});

test('every figure of ours is explained, and none that there is not', async () => {
  const ours = [...(await figures()).keys()].filter((name) => name.startsWith('roomtone_'));
  expect(inTables.filter((name) => name.startsWith('roomtone_')).toSorted()).toEqual(ours.toSorted());
});

test('alerts and the dashboard ask for series that a scrape has', async () => {
  const series = new Set([...(await figures()).values()].flat());
  const alerts = [...page.matchAll(/^\| `([^`]+)` \| \d+ (?:min|h) \|/gm)].map(([, expression = '']) => expression);
  expect(alerts.length).toBeGreaterThan(4);
  const board: { panels: { title: string; targets: { expr: string }[] }[] } = JSON.parse(
    read('deploy/grafana-dashboard.json'),
  );
  expect(board.panels.length).toBeGreaterThan(10);
  const expressions = [...alerts, ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];
  for (const expression of expressions) {
    const asked = expression.match(metricName) ?? [];
    expect([expression, asked.length > 0, asked.filter((name) => !series.has(name))]).toEqual([expression, true, []]);
  }
});
