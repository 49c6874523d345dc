import 'server-only';
import type { Db } from './connection/client';

/** A song or an artist that the host does not want. */
export interface BlockRow {
  readonly id: string;
  readonly kind: 'song' | 'artist';
  /** What songs are compared with. */
  readonly key: string;
  readonly name: string;
}

const blockColumns = { id: true, kind: true, key: true, name: true } as const;

const toBlockRow = (row: { id: string; kind: string; key: string; name: string }): BlockRow => ({
  ...row,
  kind: row.kind === 'artist' ? 'artist' : 'song',
});

/** A room's blocks, in the order they were made. */
export async function findBlocks(db: Db, roomId: string): Promise<readonly BlockRow[]> {
  const rows = await db.roomBlock.findMany({
    where: { roomId },
    select: blockColumns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toBlockRow);
}

/** Makes a block, or gives the one that is there. */
export async function insertBlock(db: Db, roomId: string, block: Omit<BlockRow, 'id'>): Promise<BlockRow> {
  const { kind, key, name } = block;
  return toBlockRow(
    await db.roomBlock.upsert({
      where: { roomId_kind_key: { roomId, kind, key } },
      create: { roomId, kind, key, name },
      update: {},
      select: blockColumns,
    }),
  );
}

/** True when there was such a block. */
export async function deleteBlock(db: Db, roomId: string, id: string): Promise<boolean> {
  const { count } = await db.roomBlock.deleteMany({ where: { roomId, id } });
  return count > 0;
}

export async function deleteBlocks(db: Db, roomId: string): Promise<void> {
  await db.roomBlock.deleteMany({ where: { roomId } });
}
