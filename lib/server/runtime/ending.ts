import 'server-only';
import { perProcess } from './per-process';

const ending = (): { begun: boolean } => perProcess('ending', () => ({ begun: false }));

/** This instance takes nothing new from here on. */
export function beginEnding(): void {
  ending().begun = true;
}

/** Whether this instance is about to end. */
export function isEnding(): boolean {
  return ending().begun;
}
