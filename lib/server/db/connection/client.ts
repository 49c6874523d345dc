import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { perProcess } from '@/lib/server/runtime/per-process';
import { type Prisma, PrismaClient } from '@/lib/server/db/generated/client';
import { getPool } from './pool';

// How a query is written: a row is written, or read as it is stored, through Prisma; what joins, counts, compares with the database's clock or
// depends on what is there is one statement of SQL; a read that requests, streams or watchers make all the time is prepared (prepared.ts).

/** Prisma outside or inside a transaction: what every query function takes. */
export type Db = Prisma.TransactionClient;

/** The process's Prisma client. Token columns are left out unless a query asks for them (TK-03). */
export function getDb(): PrismaClient {
  return perProcess('prisma', () => {
    return new PrismaClient({
      adapter: new PrismaPg(getPool()),
      omit: { spotifyToken: { sealedAccess: true, sealedRefresh: true, keptRefresh: true } },
      transactionOptions: { maxWait: 2_000, timeout: 8_000 },
    });
  });
}

/** Runs `work` in one transaction: everything it wrote is there afterwards, or nothing of it. */
export function inTransaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return getDb().$transaction(work);
}
