import 'server-only';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { getEnv } from '@/lib/server/runtime/env';

/** What one request of a watch run says to the next one. */
export interface RunRequest {
  readonly roomId: string;
  /** The generation that the receiver has to claim: it works once. */
  readonly generation: number;
}

/** Where the app asks itself. */
export const runPath = '/api/watch';

/** How long the answer may take, a cold start included, in ms. */
const answerMs = 10_000;

function sign(secret: string, { roomId, generation }: RunRequest): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'roomtone watch run v1', 32));
  return createHmac('sha256', key).update(`${roomId} ${generation}`).digest();
}

/** What proves a request of the run, for its `Authorization` header: of this deployment, for this room and generation alone. */
export function runProof(request: RunRequest): string {
  const [first] = getEnv().sessionSecrets;
  if (first === undefined) throw new Error('SESSION_SECRET is empty.');
  return `Bearer ${sign(first, request).toString('base64url')}`;
}

/** Whether a header proves that the app itself sent the request, under any secret that is in use. */
export function isRunProof(header: string | null, request: RunRequest): boolean {
  const given = Buffer.from(/^Bearer ([\w-]{43})$/.exec(header ?? '')?.[1] ?? '', 'base64url');
  return getEnv().sessionSecrets.some((secret) => {
    const expected = sign(secret, request);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** A deployment that only invited people may open lets in who shows this, where its owner has allowed that. */
function bypass(): string {
  const { protectionBypass } = getEnv();
  return protectionBypass === null ? '' : `x-vercel-protection-bypass: ${protectionBypass}\r\n`;
}

/**
 * Sends it to the app's own address over a socket: what a platform counts as a request that causes itself is one made by `fetch` or `http`
 * and ends such a row after a few (docs/decisions/025). This one is counted by its generation, and ends by the clock.
 *
 * @returns the status of the answer
 * @throws {Error} when none came in time
 */
export function sendRunRequest(request: RunRequest): Promise<number> {
  const { hostname, host, port, protocol } = new URL(getEnv().appUrl);
  const body = JSON.stringify(request);
  const head =
    `POST ${runPath} HTTP/1.1\r\nhost: ${host}\r\nauthorization: ${runProof(request)}\r\n${bypass()}` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const secure = protocol === 'https:';
    const target = { host: hostname, port: Number(port || (secure ? 443 : 80)) };
    const socket = secure
      ? connectTls({ ...target, servername: hostname, ALPNProtocols: ['http/1.1'] })
      : connect(target);
    let answer = '';
    const timer = setTimeout(() => socket.destroy(new Error('The app did not answer itself in time.')), answerMs);
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      answer += part;
      const status = /^HTTP\/1\.1 (\d{3})[^]*\r\n\r\n/.exec(answer)?.[1];
      if (status === undefined) return;
      resolve(Number(status));
      socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      reject(new Error('The app closed its own request without an answer.'));
    });
    socket.write(head + body);
  });
}
