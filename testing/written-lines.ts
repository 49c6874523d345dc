/** What a program wrote to its two streams while it was listened to. */
export interface WrittenLines {
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** Lets the streams go on as before. */
  stop(): void;
}

/** Keeps what this process writes to standard output and standard error, line by line, in place of writing it. */
export function keepWrittenLines(): WrittenLines {
  const lines = { out: [] as string[], err: [] as string[] };
  const keep = (list: string[]) => (text: string | Uint8Array) => {
    list.push(String(text));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(keep(lines.out)),
    jest.spyOn(process.stderr, 'write').mockImplementation(keep(lines.err)),
  ];
  return { ...lines, stop: () => spies.forEach((spy) => spy.mockRestore()) };
}
