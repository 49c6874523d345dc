import 'server-only';
import { AppError } from '@/lib/server/runtime/app-error';

/** Bytes a request's body may have (WB-05). */
const maxBodyBytes = 16 * 1_024;

/**
 * What came with a request.
 *
 * @throws {AppError} `payload_too_large`, with no more read than is taken
 */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? '0');
  if (announced > maxBodyBytes) throw new AppError('payload_too_large');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (request.body !== null) {
    const reader = request.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.byteLength;
      if (bytes > maxBodyBytes) {
        // The rest is not read; the connection may be cut for it.
        void reader.cancel().catch(() => undefined);
        throw new AppError('payload_too_large');
      }
      chunks.push(part.value);
    }
  }
  return Buffer.concat(chunks);
}

function invalidJson(): AppError {
  return new AppError('invalid_request', { errors: [{ path: '', message: 'The body is not valid JSON.' }] });
}

/**
 * The JSON body of a request, read with its size and type checked on the way; an empty one counts as `{}`.
 *
 * @throws {AppError} `payload_too_large`, `unsupported_media_type`, `invalid_request`
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return {};
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('unsupported_media_type');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalidJson();
  }
}
