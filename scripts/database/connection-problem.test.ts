import { randomUUID } from 'node:crypto';
import { freePort } from '@/scripts/local/free-port';
import { UserError } from '@/scripts/local/steps';
import { type EmptyDatabase, makeEmptyDatabase } from '@/testing/deployments/empty-database';
import { startTlsFront, type TlsFront } from '@/testing/deployments/tls-front';
import { withDatabase } from './connect';

let database: EmptyDatabase;
let front: TlsFront;
const role = `roomtone_test_${process.pid}_role`;
const password = randomUUID();

beforeAll(async () => {
  database = await makeEmptyDatabase('problems');
  front = await startTlsFront(Number(new URL(database.url).port || '5432'));
  await database.query(`CREATE ROLE "${role}" LOGIN PASSWORD '${password}' CONNECTION LIMIT 0`);
});

afterAll(async () => {
  await database.query(`DROP ROLE "${role}"`);
  await front.stop();
  await database.drop();
});

/** The database's address with something changed. */
function at(
  change: Partial<Record<'hostname' | 'port' | 'pathname' | 'username' | 'password' | 'search', string>>,
): string {
  return Object.assign(new URL(database.url), change).href;
}

/** What a program says that cannot connect. */
async function problem(url: string, ca: string | null = null): Promise<string> {
  try {
    await withDatabase({ url, ca }, 'tests', (client) => client.query('SELECT 1'));
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error instanceof Error ? error.message : '';
  }
  return '';
}

const throughFront = (search: string): string => at({ hostname: 'localhost', port: String(front.port), search });

test.each<readonly [string, () => string | Promise<string>, RegExp]>([
  ['database missing', () => at({ pathname: '/nowhere' }), /no database nowhere .*CREATE DATABASE/],
  ['wrong password', () => at({ password: 'guessed' }), /password for the role .* is wrong/],
  ['role missing', () => at({ username: 'nobody_here', password: 'x' }), /role nobody_here/],
  ['no connection left', () => at({ username: role, password }), /no connection left.*CONNECTION LIMIT/],
  ['host unknown', () => at({ hostname: 'no-such-host.invalid' }), /no-such-host\.invalid/],
  [
    'refused',
    async () => at({ hostname: '127.0.0.1', port: String(await freePort()) }),
    /Nothing listens at 127\.0\.0\.1/,
  ],
  ['no encryption there', () => at({ search: '?sslmode=require' }), /without encryption only/],
  ['an authority of its own', () => throughFront('?sslmode=require'), /DATABASE_CA.*sslmode=no-verify/],
])('%s: one line that says how to mend it, without the password', async (_title, url, expected) => {
  const line = await problem(await url());
  expect(line).toMatch(expected);
  expect(line).not.toContain('\n');
  expect(line).not.toContain(new URL(await url()).password);
});

test('a certificate for another name says so', async () => {
  const elsewhere = at({ hostname: '127.0.0.1', port: String(front.port), search: '?sslmode=require' });
  expect(await problem(elsewhere, front.ca)).toMatch(/for another name/);
});

describe('encryption', () => {
  /** Whether a statement arrived, and encrypted. */
  async function connects(url: string, ca: string | null): Promise<boolean> {
    const { handshakes } = front;
    await withDatabase({ url, ca }, 'tests', (client) => client.query('SELECT 1'));
    return front.handshakes > handshakes;
  }

  test.each(['', '?sslmode=require', '?sslmode=prefer', '?sslmode=verify-full', '?ssl=true'])(
    'with the authority’s certificate, %s is verified',
    async (search) => {
      expect(await connects(throughFront(search), front.ca)).toBe(true);
    },
  );

  test('verify-ca does not look at the name', async () => {
    const elsewhere = at({ hostname: '127.0.0.1', port: String(front.port), search: '?sslmode=verify-ca' });
    expect(await connects(elsewhere, front.ca)).toBe(true);
  });

  test('no-verify is for who says it', async () => {
    expect(await connects(throughFront('?sslmode=no-verify'), null)).toBe(true);
  });

  test('another authority’s certificate opens nothing', async () => {
    const other = await startTlsFront(1);
    try {
      expect(await problem(throughFront('?sslmode=require'), other.ca)).toMatch(/DATABASE_CA/);
    } finally {
      await other.stop();
    }
  });
});

test('a database without our tables is named', async () => {
  const asked = withDatabase({ url: database.url, ca: null }, 'tests', (client) => client.query('SELECT FROM "Room"'));
  await expect(asked).rejects.toThrow(UserError);
  await expect(asked).rejects.toThrow(/has no tables of Roomtone yet/);
});
