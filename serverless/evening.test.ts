import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dataPath } from '@/scripts/local/paths';
import { until } from '@/testing/until';
import { labTest } from './lab-test';
import { ConnectionCount } from './party/connection-count';
import { Evening } from './party/evening';
import { whatWasHeard } from './party/heard';
import { Laboratory } from './party/laboratory';
import { linesOf, reportOf } from './party/report';

const minutes = Number(process.env['SERVERLESS_MINUTES'] ?? '40');
const ms = (share: number): number => share * minutes * 60_000;

/** What the smallest plan of a database allows. */
const connectionsOfPlan = 10;

/** Streams of pages are cut that often, in ms; a quarter of what the plan allows, so that it happens in a short party too. */
const limitMs = 75_000;

labTest(
  `a party of ${minutes} minutes: pages come and go, all phones are locked for a while, tokens run out twice, the database drops connections, and a new version is deployed`,
  async () => {
    const life = Math.max(90, Math.round(ms(1) / 1_000 / 2.6));
    const laboratory = await Laboratory.start({ label: 'evening', platform: { freezeAfterMs: 5, limitMs } });
    const { control } = laboratory;
    const connections = new ConnectionCount(laboratory);
    await control.change({ accessTokenLifeSeconds: life });
    const evening = await Evening.begin(laboratory, 'evening', { songs: 'fortySeconds', guests: 3 });
    const heard = async () => whatWasHeard(evening.wishes, (await control.player('evening')).begun);
    const waiting = async () => evening.wishes.length - (await heard()).heard;
    const comeIn = async (): Promise<void> => {
      evening.openScreens();
      await until(() => evening.screens.every(({ latest }) => latest?.playback.track != null), 30_000);
      evening.looks.start();
    };
    /** Somebody wishes while few wait, and somebody's page is closed and opened again. */
    const live = async (turn: number): Promise<void> => {
      if (turn % 5 === 0 && (await waiting()) < 4) await evening.wish();
      if (turn % 12 !== 11) return;
      const gone = evening.screens.pop();
      await gone?.close();
      const guest = evening.guests.at(-1);
      if (guest !== undefined) evening.openScreen(guest);
    };
    try {
      await comeIn();
      await evening.goOn(ms(0.25), 4_000, live);
      await control.change({ refreshMode: 'rotate' });
      const locked = ms(0.25);
      while ((await waiting()) < Math.min(11, locked / 40_000)) await evening.wish();
      evening.looks.stop();
      await evening.closeScreens();
      const before = await waiting();
      // Nothing but time: whoever looked meanwhile would wake what is to go on unseen.
      await new Promise((resolve) => setTimeout(resolve, locked));
      console.log(`    heard while every phone was locked: ${before - (await waiting())} of ${before} that waited`);
      await comeIn();
      await evening.goOn(ms(0.1), 4_000, live);
      laboratory.cutConnections();
      await evening.goOn(ms(0.1), 4_000, live);
      laboratory.forgetConnections();
      await evening.goOn(ms(0.1), 4_000, live);
      laboratory.host.deploy();
      await evening.goOn(ms(0.2), 4_000, live);
      await until(async () => (await waiting()) === 0, 600_000);
      evening.looks.stop();
      const report = await reportOf(evening, connections.most);
      writeFileSync(dataPath('serverless', 'evening.json'), JSON.stringify(report, null, 2));
      for (const line of linesOf(report)) console.log(`    ${line}`);
      const { rows } = await laboratory.database.query(`SELECT 1 FROM "SpotifyToken" WHERE "grantEndedAt" IS NOT NULL`);
      assert.equal(rows.length, 0, 'no login was lost');
      const refreshes = await control.calls({ grantType: 'refresh_token' });
      console.log(`    refreshes: ${refreshes.map(({ status }) => status).join(', ')}`);
      assert.ok(refreshes.length >= 2 && refreshes.every(({ status }) => status === 200), 'tokens ran out twice');
      assert.deepEqual([report.twice, report.outOfOrder, report.heard], [[], [], report.wishes]);
      assert.equal(report.inTurn, report.due, 'every wish in its turn');
      assert.ok(
        report.wrongSeconds <= 0.02 * report.seconds,
        `wrong for ${report.wrongSeconds} s of ${report.seconds} s`,
      );
      assert.ok(report.connections <= connectionsOfPlan, `${report.connections} connections`);
    } finally {
      connections.stop();
      await evening.end();
      await laboratory.stop();
    }
  },
  { short: false, timeoutMs: ms(1) + 900_000 },
);
