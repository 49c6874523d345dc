import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '@/scripts/local/paths';
import { until } from '@/testing/until';
import { drawBars } from './bars';
import { ConnectionCount } from './party/connection-count';
import { Evening } from './party/evening';
import { Laboratory } from './party/laboratory';
import { linesOf, reportOf } from './party/report';

const row = z.object({
  name: z.string(),
  seconds: z.number(),
  wrongSeconds: z.number(),
  lags: z.array(z.number().nullable()),
  due: z.number(),
  inTurn: z.number(),
  leases: z.record(z.string(), z.number()),
});
const results = z.record(z.string(), z.object({ rows: z.array(row) }));

/** The party's length, in ms; songs have forty seconds. */
const lengthMs = 240_000;

async function party(name: string, freezeAfterMs: number | null, everyMs: number): Promise<z.infer<typeof row>> {
  const laboratory = await Laboratory.start({ label: 'measure', platform: { freezeAfterMs } });
  const connections = new ConnectionCount(laboratory);
  const evening = await Evening.begin(laboratory, 'measure', { songs: 'fortySeconds', guests: 3 });
  try {
    evening.openScreens();
    await until(() => evening.screens.every(({ latest }) => latest?.playback.track != null), 60_000);
    evening.looks.start();
    const began = Date.now();
    await evening.goOn(lengthMs, everyMs, async () => {
      if (evening.wishes.length < 2 + (Date.now() - began) / 45_000) await evening.wish();
    });
    evening.looks.stop();
    const report = await reportOf(evening, connections.most);
    console.log(`\n  ${name}`);
    for (const line of linesOf(report)) console.log(`    ${line}`);
    return row.parse({ ...report, name });
  } finally {
    connections.stop();
    await evening.end();
    await laboratory.stop();
  }
}

/**
 * Measures how long screens are wrong where functions are frozen, in about fifteen minutes, writes it into `serverless/results.json` under the
 * name that the first argument gives (`before` or `after` a change), and draws docs/serverless.svg.
 */
const name = process.argv[2] ?? 'after';
const rows = [
  await party('frozen after 5 ms, a request every 4 s', 5, 4_000),
  await party('frozen after 300 ms, a request every 13 s', 300, 13_000),
  await party('never frozen, a request every 4 s', null, 4_000),
];
const file = join(root, 'serverless', 'results.json');
const known = existsSync(file) ? results.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
const all = { ...known, [name]: { rows } };
writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
writeFileSync(join(root, 'docs', 'serverless.svg'), drawBars(all));
