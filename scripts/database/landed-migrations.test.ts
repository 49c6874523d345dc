import { readFileSync } from 'node:fs';
import { landedFile, landedLine, prismaFolder, readMigrations } from './migration-files';

const landed = readFileSync(landedFile(prismaFolder), 'utf8').trim().split('\n');

test('a migration that has landed never changes', () => {
  for (const migration of readMigrations(prismaFolder)) {
    const line = landed.find((each) => each.endsWith(`  ${migration.name}/migration.sql`));
    const advice =
      line === undefined
        ? `${migration.name} is new: add the line “${landedLine(migration)}” to prisma/migrations/landed.sha256.`
        : `${migration.name} has landed, and databases have it: restore its file, and put the change into a new migration.`;
    expect({ line, advice }).toEqual({ line: landedLine(migration), advice });
  }
});

test('none of them disappears, and every one has its line once, in the order in which they are applied', () => {
  const names = landed.map((line) => line.slice(66).replace(/\/migration\.sql$/, ''));
  expect(readMigrations(prismaFolder).map(({ name }) => name)).toEqual(names);
});
