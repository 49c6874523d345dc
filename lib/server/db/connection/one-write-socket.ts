import 'server-only';
import { Socket } from 'node:net';

/**
 * A connection to PostgreSQL that sends what a statement consists of as one piece. The client hands over five small messages at once, which
 * Node would pass on as a list: where system calls are dear, in containers for instance, that list takes longer than the whole query.
 */
export class OneWriteSocket extends Socket {
  override _writev(
    chunks: readonly { readonly chunk: Buffer | string; readonly encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    const buffers = chunks.map(({ chunk, encoding }) =>
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk,
    );
    // What Node's sockets call the encoding of bytes; its types know only those of text.
    this._write(Buffer.concat(buffers), 'buffer' as BufferEncoding, callback);
  }
}
