import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after } from 'node:test';
import { z } from 'zod';
import { openTestServer, type TestServer } from '@/testing/deployments/test-server';
import { until } from '@/testing/until';
import { faultTest } from './fault';
import { expectSilence, OverheardParty } from './overheard-party';

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const span = z.object({ name: z.string(), traceId: z.string(), attributes: z.array(attribute).default([]) });
const bodyForm = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** A receiver of OTLP over HTTP that keeps what it is sent. */
async function openReceiver() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}`,
    text: () => bodies.join('\n'),
    spans: () =>
      bodies
        .flatMap((body) => bodyForm.parse(JSON.parse(body)).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

let server: TestServer | null = null;

after(() => server?.stop());

faultTest(
  'spans arrive where they are wanted, with routes, the last ones too, and no secret in them',
  true,
  async () => {
    server = await openTestServer();
    const receiver = await openReceiver();
    const party = await OverheardParty.begin(server, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      // So that they all go out at the end.
      OTEL_BSP_SCHEDULE_DELAY: '3600000',
    });
    const { host, path, code } = party;
    try {
      await until(() => party.shown?.playback.status === 'playing');
      assert.equal((await host.post(`${path}/playback/pause`)).status, 204);
      await host.get(`${path}/search?q=canary+words`);
      await host.get(`/room/${code}?canary=1`);
      await host.get(`/api/rooms/${code}/canary`);
      const secrets = await party.secrets();
      assert.equal(await party.end(), 0);
      const spans = receiver.spans();
      const routes = spans.map(
        ({ attributes }) => attributes.find(({ key }) => key === 'http.route')?.value['stringValue'],
      );
      for (const route of ['/api/rooms/[code]/playback/pause', '/api/rooms/[code]/events', '/room/[code]'])
        assert.ok(routes.includes(route), `No span has the route ${route}, only ${[...new Set(routes)].join(', ')}.`);
      // What a press did is one trace, down to the call.
      const traces = (name: string) => new Set(spans.flatMap((span) => (span.name === name ? [span.traceId] : [])));
      const [press = ''] = traces('POST /api/rooms/[code]/playback/pause');
      assert.ok(traces('player command').has(press) && traces('spotify call').has(press), receiver.text());
      expectSilence(secrets, { 'A span': receiver.text() });
    } finally {
      await party.end();
      receiver.close();
    }
  },
);
