import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { isRunProof, sendRunRequest } from './run-request';

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const servers: Server[] = [];

/** A server that answers everything alike, and what it heard. */
async function serve(status: number, headers: Record<string, string> = {}) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body });
      response.writeHead(status, headers).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { heard, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

afterAll(() => {
  for (const server of servers) server.close();
});

test('FD11 the app asks itself at APP_URL and nowhere else, with its proof in a header and nothing in the address', async () => {
  const elsewhere = await serve(202);
  // An answer that sends it on is no one it follows.
  const app = await serve(307, { location: `${elsewhere.url}/api/watch` });
  process.env['APP_URL'] = app.url;
  const asked = { roomId: '7b0c1f5e-1d6c-4a55-9f0e-0c8a4d7e2b11', generation: 7 };
  expect(await sendRunRequest(asked)).toBe(307);
  expect(elsewhere.heard).toEqual([]);
  expect(app.heard).toMatchObject([
    { method: 'POST', url: '/api/watch', headers: { host: new URL(app.url).host }, body: asked },
  ]);
  expect(isRunProof(app.heard[0]?.headers.authorization ?? null, asked)).toBe(true);
});
