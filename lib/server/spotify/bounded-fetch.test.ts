import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundedFetch } from './bounded-fetch';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Another server, where it is, and whether a connection to it is still open. */
async function serve(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    server.closeAllConnections();
    return once(server.close(), 'close');
  });
  // A TCP server's address is one.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

const token = { headers: { authorization: 'Bearer a-token' } };

test.each([301, 302, 303, 307, 308])(
  'RL-01 a redirect is an answer that makes no sense, and nobody follows it: %i',
  async (status) => {
    let reached = 0;
    const elsewhere = await serve((_request, response) => {
      reached += 1;
      response.end('{}');
    });
    const url = await serve((_request, response) => void response.writeHead(status, { location: elsewhere }).end());
    await expect(boundedFetch(url, token, 5_000)).rejects.toMatchObject({ kind: 'invalid_response' });
    expect(reached).toBe(0);
  },
);

test('RL-01 an answer without an end is left before it is large', async () => {
  let sent = 0;
  const left: (() => void)[] = [];
  const gone = new Promise<void>((resolve) => left.push(resolve));
  const url = await serve((_request, response) => {
    response.once('close', () => left[0]?.());
    const more = (): void => {
      while (!response.destroyed) {
        sent += 65_536;
        if (!response.write(Buffer.alloc(65_536, 'x'))) break;
      }
      response.once('drain', more);
    };
    more();
  });
  await expect(boundedFetch(url, token, 20_000)).rejects.toMatchObject({ kind: 'invalid_response' });
  await gone;
  expect(sent).toBeLessThan(16_000_000);
});

test('RL-01 one that does not come, or does not end, is given up', async () => {
  const silent = await serve(() => undefined);
  await expect(boundedFetch(silent, token, 50)).rejects.toMatchObject({ kind: 'timeout' });
  const slow = await serve((_request, response) => void response.write('{'));
  await expect(boundedFetch(slow, token, 50)).rejects.toMatchObject({ kind: 'timeout' });
});

test('what comes whole is read whole', async () => {
  const url = await serve((_request, response) => void response.writeHead(404).end('é'.repeat(100_000)));
  expect(await boundedFetch(url, token, 5_000)).toMatchObject({ status: 404, text: 'é'.repeat(100_000) });
});
