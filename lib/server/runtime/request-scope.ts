import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { perProcess } from './per-process';

interface RequestScope {
  readonly id: string;
  /** False once the request has been answered: what it began and left behind speaks for itself from then on. */
  isOpen: boolean;
}

const scopes = (): AsyncLocalStorage<RequestScope> => perProcess('request-scopes', () => new AsyncLocalStorage());

/**
 * Runs what answers a request: until it has, {@link currentRequestId} is its id, in everything that it calls and waits for. Watchers and timers
 * that it starts outlive it, and no line of theirs is this request's.
 */
export async function inRequest<T>(id: string, answer: () => Promise<T>): Promise<T> {
  const scope: RequestScope = { id, isOpen: true };
  try {
    return await scopes().run(scope, answer);
  } finally {
    scope.isOpen = false;
  }
}

/** The id of the request that is being answered; null outside of one. */
export function currentRequestId(): string | null {
  const scope = scopes().getStore();
  return scope?.isOpen === true ? scope.id : null;
}
