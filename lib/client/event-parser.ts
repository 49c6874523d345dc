/** One event of a stream; a comment has the type `comment`. */
export interface ParsedEvent {
  readonly type: string;
  readonly data: string;
}

/**
 * Reads an event stream piece by piece. The browser's own EventSource hides comments, and with them whether a silent stream still
 * lives.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventParser {
  #rest = '';

  /** The events that are complete with this piece. */
  push(piece: string): readonly ParsedEvent[] {
    const blocks = (this.#rest + piece).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const event = parseBlock(block);
      return event === null ? [] : [event];
    });
  }
}

function parseBlock(block: string): ParsedEvent | null {
  let type = 'message';
  let comment = false;
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon === 0) comment = true;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
  }
  if (data.length > 0) return { type, data: data.join('\n') };
  return comment ? { type: 'comment', data: '' } : null;
}
