import 'server-only';
import { after } from 'next/server';
import { runsAsFunction } from './env';

/** Does something once the request has been answered, and keeps a function awake until it is done (WT9). It may not fail. */
export function afterAnswer(work: () => Promise<void>): void {
  if (runsAsFunction()) after(work);
  else void work();
}
