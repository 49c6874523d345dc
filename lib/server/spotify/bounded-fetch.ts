import 'server-only';
import { parseStandInUrl } from '@/lib/server/stand-in/address';
import { SpotifyError } from './errors';

/** Bytes of an answer that are read at most; the largest real ones are some 100 KB. */
const maxBodyBytes = 1_000_000;

export interface BoundedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function readBounded(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the download.
    if (bytes > maxBodyBytes) throw new SpotifyError('invalid_response', { status: response.status });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The one place where a call goes to Spotify, or to the stand-in, which is loaded only where somebody calls it. */
async function send(url: string, init: RequestInit): Promise<Response> {
  if (parseStandInUrl(url) === null) return fetch(url, init);
  const { callStandIn } = await import('@/lib/server/stand-in/call');
  return callStandIn(url, init);
}

/**
 * A request whose whole answer arrives within `timeoutMs` and within a size, or fails: no redirect is followed (RL-01), nothing is
 * repeated.
 *
 * @throws {SpotifyError} `timeout`, `network`, or `invalid_response` for an endless or redirecting answer
 */
export async function boundedFetch(url: string, init: RequestInit, timeoutMs: number): Promise<BoundedResponse> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, { ...init, redirect: 'manual', cache: 'no-store', signal: deadline });
    const text = await readBounded(response);
    if (response.status >= 300 && response.status < 400)
      throw new SpotifyError('invalid_response', { status: response.status });
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof SpotifyError) throw error;
    throw new SpotifyError(deadline.aborted ? 'timeout' : 'network', { cause: error });
  }
}
