import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { z } from 'zod';

const tokenAnswer = z.object({ access_token: z.string().optional(), refresh_token: z.string().optional() });

/** Something in front of a service that passes everything on, and remembers every secret that went through. */
export interface Wiretap {
  readonly url: string;
  /** Tokens, codes and credentials, in the order in which they were first seen. */
  readonly heard: () => readonly string[];
  close(): void;
}

/** What a form that asks for tokens gives away: Spotify's accounts service takes no other. */
const secretInputs = ['code', 'code_verifier', 'refresh_token'];

function secretsOf(headers: IncomingHttpHeaders, asked: string, answered: string): readonly string[] {
  const form = new URLSearchParams(asked);
  const given = answered.startsWith('{') ? tokenAnswer.safeParse(JSON.parse(answered)) : null;
  return [
    headers.authorization?.split(' ')[1],
    ...secretInputs.map((name) => form.get(name)),
    given?.data?.access_token,
    given?.data?.refresh_token,
  ].filter((secret) => secret != null);
}

/** Starts one on a free port of this machine, in front of Spotify: what the app holds of it can then be looked for elsewhere. */
export async function startWiretap(target: string): Promise<Wiretap> {
  const heard = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const [asked, answered]: [Buffer[], Buffer[]] = [[], []];
    const forwarded = request(target + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (chunk: Buffer) => {
        answered.push(chunk);
        outgoing.write(chunk);
      });
      answer.on('end', () => {
        const [question, reply] = [asked, answered].map((chunks) => Buffer.concat(chunks).toString());
        for (const secret of secretsOf(headers, question ?? '', reply ?? '')) heard.add(secret);
        outgoing.end();
      });
      answer.on('error', () => outgoing.destroy());
    });
    // A service that breaks off does so here too, and so does who asks.
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.on('data', (chunk: Buffer) => {
      asked.push(chunk);
      forwarded.write(chunk);
    });
    incoming.on('end', () => forwarded.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wiretap has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard: () => [...heard],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
