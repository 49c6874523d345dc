import 'server-only';
import { type Db, getDb } from './connection/client';

export interface TransferRow {
  readonly roomId: string;
  readonly expiresAt: Date;
  /** The session that has become the host by it. */
  readonly usedById: string | null;
  readonly usedWith: Uint8Array | null;
}

/** Seconds for which a code leads to another device. */
const transferSeconds = 300;

/** Makes a way to another device, in place of the one before. @returns until when it is open */
export async function saveTransfer(db: Db, roomId: string, codeHash: Uint8Array<ArrayBuffer>): Promise<Date> {
  const expiresAt = new Date(Date.now() + transferSeconds * 1_000);
  const made = { codeHash, expiresAt, usedById: null, usedWith: null };
  await db.transfer.upsert({ where: { roomId }, create: { roomId, ...made }, update: made });
  return expiresAt;
}

/** The way that a code opens, used or not; null when it is too old, or there is none. */
export async function findTransfer(db: Db, codeHash: Uint8Array<ArrayBuffer>): Promise<TransferRow | null> {
  const row = await db.transfer.findUnique({ where: { codeHash } });
  return row === null || row.expiresAt.getTime() <= Date.now() ? null : row;
}

/** Notes who has gone that way, and with which cookie. */
export async function useTransfer(
  db: Db,
  roomId: string,
  by: { readonly sessionId: string; readonly cookieHash: Uint8Array<ArrayBuffer> | null },
): Promise<void> {
  await db.transfer.update({ where: { roomId }, data: { usedById: by.sessionId, usedWith: by.cookieHash } });
}

export async function deleteTransfer(db: Db, roomId: string): Promise<void> {
  await db.transfer.deleteMany({ where: { roomId } });
}

/** Forgets ways that are too old. */
export async function purgeTransfers(): Promise<void> {
  await getDb().transfer.deleteMany({ where: { expiresAt: { lt: new Date() } } });
}
