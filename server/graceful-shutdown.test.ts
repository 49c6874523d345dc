import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { GracefulShutdown } from './graceful-shutdown';

/** A server whose answers are given by hand, kept open like a browser's. */
async function serve() {
  const waiting: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/quick') response.end('quick');
    else {
      response.writeHead(200);
      response.write('begun');
      waiting.push(response);
    }
  });
  server.keepAliveTimeout = 65_000;
  const shutdown = new GracefulShutdown(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is one.
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const ask = async (path: string): Promise<IncomingMessage> => {
    const [answer]: [IncomingMessage] = (await once(get({ port, path, agent }), 'response')) as [IncomingMessage];
    return answer;
  };
  return { waiting, shutdown, port, agent, ask };
}

async function text(answer: IncomingMessage): Promise<string> {
  let all = '';
  for await (const chunk of answer) all += String(chunk);
  return all;
}

test('RL-08 connections that nothing runs on do not delay the end: kept alive, opened ahead, and streams that closed', async () => {
  const { waiting, shutdown, port, ask, agent } = await serve();
  await text(await ask('/quick'));
  const ahead = connect(port, '127.0.0.1');
  await once(ahead, 'connect');
  const streams = await Promise.all(Array.from({ length: 5 }, () => ask('/stream')));
  const texts = streams.map(text);
  const begun = Date.now();
  await shutdown.run(async () => {
    for (const response of waiting) response.end();
  });
  expect(Date.now() - begun).toBeLessThan(1_000);
  expect(await Promise.all(texts)).toEqual(streams.map(() => 'begun'));
  agent.destroy();
});

test('RL-08 a running request is finished, and one that arrives on an open connection is answered', async () => {
  const { waiting, shutdown, port, agent, ask } = await serve();
  const slow = text(await ask('/slow'));
  const kept = connect(port, '127.0.0.1');
  await once(kept, 'connect');
  let ended = false;
  const end = shutdown.run(() => Promise.resolve()).then(() => (ended = true));
  kept.write('GET /quick HTTP/1.1\r\nhost: x\r\n\r\n');
  let late = '';
  kept.on('data', (chunk) => (late += String(chunk)));
  await once(kept, 'close');
  expect(late).toMatch(/^HTTP\/1.1 200[^]*connection: close[^]*quick/i);
  expect(ended).toBe(false);
  waiting[0]?.end(' and finished');
  expect(await slow).toBe('begun and finished');
  await end;
  agent.destroy();
});
