/** One line of the table: what was measured, beside what, and whether it is where it must be. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly baseline: string;
  /** Measured to baseline; empty where there is none to compare with. */
  readonly ratio: string;
  readonly bar: string;
  readonly holds: boolean;
}

/** A curve for the drawings. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface Drawing {
  readonly file: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** For values that grow tenfold as well. */
  readonly logarithmic?: boolean;
  readonly curves: readonly Curve[];
}

export interface Measurement {
  readonly rows: readonly Row[];
  readonly drawings?: readonly Drawing[];
}

/** The value below which that share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export const times = (value: number): string => `${value.toFixed(2)}×`;
