/** What an instance of the bench build says of its process. */
export interface ProcessFigures {
  /** Objects and buffers, after collecting garbage. */
  readonly heldBytes: number;
  readonly rssBytes: number;
  /** Since it started. */
  readonly cpuMicros: number;
}

/** Asks an instance about its process. */
export async function processFigures(url: string): Promise<ProcessFigures> {
  const response = await fetch(`${url}/api/bench/process`);
  const figures: ProcessFigures = await response.json();
  return figures;
}
