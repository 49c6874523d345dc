import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { perProcess } from '@/lib/server/runtime/per-process';
import { type Prisma, PrismaClient } from '@/lib/server/db/generated/client';
import { getPool } from './pool';

/** Prisma outside or inside a transaction: what every query function takes. */
export type Db = Prisma.TransactionClient;

/** The process's Prisma client. Token columns are left out unless a query asks for them (TK-03). */
export function getDb(): PrismaClient {
  return perProcess('prisma', () => {
    const client = new PrismaClient({
      adapter: new PrismaPg(getPool()),
      transactionOptions: { maxWait: 2_000, timeout: 8_000 },
    });
    return client;
  });
}

/** Runs `work` in one transaction: everything it wrote is there afterwards, or nothing of it. */
export function inTransaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return getDb().$transaction(work);
}
