/** @jest-environment node */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';
import { createControlClient } from './control-client';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

const controlSecret = 'a-control-secret-for-this-test';
const environment = {
  SIMULATOR_CLIENT_ID: 'client',
  SIMULATOR_CLIENT_SECRET: 'secret',
  SIMULATOR_REDIRECT_URIS: 'http://127.0.0.1:3000/api/spotify/callback',
  SIMULATOR_CONTROL_SECRET: controlSecret,
};

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function start(env: Record<string, string>, ...args: string[]): Child {
  return spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), ...args], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

async function ready(child: Child): Promise<{ url: string; controlSecret: string }> {
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('\n')) break;
  }
  const [line = ''] = output.split('\n');
  return { ...z.strictObject({ url: z.url() }).parse(JSON.parse(line)), controlSecret };
}

const ended = async (child: Child): Promise<unknown> =>
  child.exitCode === null ? (await once(child, 'exit'))[0] : child.exitCode;

describe('the simulator as a process', () => {
  test('says where it listens, on loopback, and ends on SIGTERM', async () => {
    const child = start(environment);
    const { url } = await ready(child);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  test('ends with its parent', async () => {
    const child = start(environment, '--exit-with-parent');
    await ready(child);
    child.stdin.end();
    expect(await ended(child)).toBe(0);
  });

  test('names what is missing, without its values', async () => {
    const child = start({ ...environment, SIMULATOR_CLIENT_ID: '', SIMULATOR_CONTROL_SECRET: 'short' });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += String(chunk)));
    expect(await ended(child)).toBe(1);
    expect(errors).toContain('SIMULATOR_CLIENT_ID');
    expect(errors).toContain('SIMULATOR_CONTROL_SECRET');
    expect(errors).not.toContain('short');
  });

  test('remembers logins, players and playlists after a kill, and holds no token in its file', async () => {
    const stateFile = join(folder, 'state.json');
    const env = { ...environment, SIMULATOR_STATE_FILE: stateFile };
    const first = start(env);
    const before = await ready(first);
    const tokens = await createControlClient(before).login('alex', ['user-read-playback-state']);
    await createControlClient(before).press('alex', { press: 'next' });
    await createControlClient(before).press('alex', { press: 'pause' });
    first.kill('SIGKILL');
    await ended(first);

    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    const text = readFileSync(stateFile, 'utf8');
    expect(text).not.toContain(tokens.accessToken);
    expect(text).not.toContain(tokens.refreshToken);

    const second = start(env);
    const after = await ready(second);
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    const answer = await fetch(`${after.url}/v1/me/player`, { headers });
    expect(await answer.json()).toMatchObject({ is_playing: false, item: { name: 'Two Left Shoes' } });
    const refreshed = await fetch(`${after.url}/api/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('client:secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refreshToken }),
    });
    expect(refreshed.status).toBe(200);
    second.kill('SIGTERM');
    await ended(second);
  });
});
