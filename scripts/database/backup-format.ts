import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { UserError } from '@/scripts/local/steps';

/**
 * A backup is a gzip'd file of records: a letter, a length in four bytes, and a body. First a head, then for each table its description, its
 * rows as PostgreSQL's COPY writes them, and how many they were; last the checksum of everything before. A file that was cut off or changed
 * has no right one.
 */
const formatName = 'roomtone backup';
const formatVersion = 1;

const headSchema = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  /** When its snapshot was taken. */
  at: z.iso.datetime(),
  server: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});

/** What a backup says of itself. */
export type BackupHead = z.infer<typeof headSchema>;

const tableSchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  /** The last number that each numbered column has given. */
  numbered: z.array(z.object({ column: z.string(), last: z.string(), used: z.boolean() })),
});

/** A table of a backup. */
export type BackupTable = z.infer<typeof tableSchema>;

const endSchema = z.object({ rows: z.number().int().nonnegative() });

/** A part of a backup, in the order: the head, and for each table itself, its rows, its end. */
export type BackupPart =
  | { readonly kind: 'head'; readonly head: BackupHead }
  | { readonly kind: 'table'; readonly table: BackupTable }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly rows: number };

const letters = { head: 'H', table: 'T', rows: 'D', end: 'E', checksum: 'S' } as const;

/** Longer than any record that is written. */
const longestRecord = 256 * 1024 * 1024;

function encode(letter: string, body: Buffer): Buffer {
  const lead = Buffer.alloc(5);
  lead.write(letter, 'latin1');
  lead.writeUInt32BE(body.length, 1);
  return Buffer.concat([lead, body]);
}

const encodeJson = (letter: string, value: unknown): Buffer => encode(letter, Buffer.from(JSON.stringify(value)));

function encodePart(part: BackupPart): Buffer {
  if (part.kind === 'head') return encodeJson(letters.head, part.head);
  if (part.kind === 'table') return encodeJson(letters.table, part.table);
  if (part.kind === 'rows') return encode(letters.rows, part.bytes);
  return encodeJson(letters.end, { rows: part.rows });
}

async function* withChecksum(parts: AsyncIterable<BackupPart>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const part of parts) {
    const record = encodePart(part);
    hash.update(record);
    yield record;
  }
  yield encode(letters.checksum, hash.digest());
}

/** The head of a backup that is taken now. */
export const makeHead = (fields: Pick<BackupHead, 'server' | 'migrations'>): BackupHead => ({
  format: formatName,
  version: formatVersion,
  at: new Date().toISOString(),
  ...fields,
});

/** Writes a backup into a new file, which only its owner may read. Fails where there is one. */
export async function writeBackup(file: string, parts: AsyncIterable<BackupPart>): Promise<void> {
  await pipeline(
    Readable.from(withChecksum(parts)),
    createGzip(),
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  );
}

const damaged = (file: string): UserError =>
  new UserError(`${file} is not whole: it was cut off or changed after it was written. Nothing was restored.`);

function parseJson<T>(schema: z.ZodType<T>, body: Buffer, file: string): T {
  let content: unknown;
  try {
    content = JSON.parse(body.toString());
  } catch {
    throw damaged(file);
  }
  const result = schema.safeParse(content);
  if (!result.success) throw damaged(file);
  return result.data;
}

function parseHead(body: Buffer, file: string): BackupHead {
  const { version } = parseJson(z.object({ format: z.literal(formatName), version: z.number() }), body, file);
  if (version > formatVersion)
    throw new UserError(`${file} was written by a later version of Roomtone. Restore it with that one.`);
  return parseJson(headSchema, body, file);
}

function decode(letter: string, body: Buffer, file: string): BackupPart {
  if (letter === letters.head) return { kind: 'head', head: parseHead(body, file) };
  if (letter === letters.table) return { kind: 'table', table: parseJson(tableSchema, body, file) };
  if (letter === letters.rows) return { kind: 'rows', bytes: body };
  if (letter === letters.end) return { kind: 'end', rows: parseJson(endSchema, body, file).rows };
  throw damaged(file);
}

interface BackupRecord {
  readonly letter: string;
  readonly body: Buffer;
  readonly bytes: Buffer;
}

async function* readRecords(file: string): AsyncGenerator<BackupRecord> {
  let bytes = Buffer.alloc(0);
  const source = createReadStream(file);
  const content = createGunzip();
  // A failure of the one is a failure of the other.
  source.on('error', (error) => content.destroy(error)).pipe(content);
  const chunks: AsyncIterable<Buffer> = content;
  for await (const chunk of chunks) {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const length = bytes.length < 5 ? null : bytes.readUInt32BE(1);
      if (length !== null && length > longestRecord) throw damaged(file);
      if (length === null || bytes.length < 5 + length) break;
      const record = bytes.subarray(0, 5 + length);
      yield { letter: record.toString('latin1', 0, 1), body: record.subarray(5), bytes: record };
      bytes = bytes.subarray(5 + length);
    }
  }
  if (bytes.length > 0) throw damaged(file);
}

/**
 * The parts of a backup, one after the other. What they say counts only when the last one was read without a failure: then the checksum was
 * right.
 *
 * @throws {UserError} when the file is no backup, or not a whole one
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const hash = createHash('sha256');
  let isWhole = false;
  let isFirst = true;
  try {
    for await (const { letter, body, bytes } of readRecords(file)) {
      // Nothing comes after the checksum.
      if (isWhole || isFirst !== (letter === letters.head)) throw damaged(file);
      isFirst = false;
      if (letter === letters.checksum) {
        isWhole = hash.digest().equals(body);
        if (!isWhole) throw damaged(file);
      } else {
        hash.update(bytes);
        yield decode(letter, body, file);
      }
    }
  } catch (error) {
    throw asBackupError(error, file);
  }
  if (!isWhole) throw damaged(file);
}

function asBackupError(error: unknown, file: string): unknown {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return error;
  if (error.code === 'ENOENT') return new UserError(`There is no file ${file}.`);
  if (error.code === 'EACCES' || error.code === 'EISDIR') return new UserError(`${file} cannot be read.`);
  // What is no gzip at all begins otherwise.
  if (error.code === 'Z_DATA_ERROR' && 'message' in error && error.message === 'incorrect header check')
    return new UserError(`${file} is no backup of Roomtone.`);
  return error.code.startsWith('Z_') ? damaged(file) : error;
}
