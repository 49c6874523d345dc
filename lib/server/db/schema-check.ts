import 'server-only';
import { getDb } from './connection/client';
import { Prisma } from './generated/client';
import { isDatabaseBehind } from '@/lib/server/runtime/database-errors';
import { noteDatabaseFailure } from '@/lib/server/runtime/log-failure';
import { perProcess } from '@/lib/server/runtime/per-process';

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
    if (!isDatabaseBehind(error)) throw error;
    noteDatabaseFailure(error);
    return false;
  }
  known.isThere = true;
  return true;
}
