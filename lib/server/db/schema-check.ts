import 'server-only';
import { getDb } from './connection/client';
import { Prisma } from './generated/client';
import { perProcess } from '@/lib/server/runtime/per-process';

/** What Prisma says of a table, and of a column, that is not there. */
const missing: ReadonlySet<unknown> = new Set(['P2021', 'P2022']);

interface Readable {
  findFirst(query: { readonly where: object }): Promise<unknown>;
}

function tableOf(model: string): Readable {
  const table: unknown = Reflect.get(getDb(), `${model.charAt(0).toLowerCase()}${model.slice(1)}`);
  // Every name that Prisma gives a model is one of its client's.
  return table as Readable;
}

/**
 * Whether the database has every table and column that this build reads: false before its migrations were applied. Columns that a later one added
 * do not matter. Asked until it is so, and not again by this process.
 */
export async function hasSchema(): Promise<boolean> {
  const known = perProcess('schema-check', () => ({ isThere: false }));
  if (known.isThere) return true;
  try {
    // No row is asked for, and every column is named.
    for (const model of Object.values(Prisma.ModelName)) await tableOf(model).findFirst({ where: { OR: [] } });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && missing.has(error.code)) return false;
    throw error;
  }
  known.isThere = true;
  return true;
}
