import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/lib/client/api-error';

/** Something that a panel asks for when it opens. */
export type RequestState<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ApiError };

/**
 * Loads when this part of the page appears, and again on request; what is known stays until there is something newer.
 *
 * @param load asks for it, as it was last given
 * @returns what is known, and what loads it again
 */
export function useRequest<T>(load: () => Promise<T>): readonly [RequestState<T>, () => Promise<void>] {
  const [loaded, setLoaded] = useState<RequestState<T>>({ kind: 'loading' });
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const reload = useCallback(async (): Promise<void> => {
    try {
      setLoaded({ kind: 'known', value: await latest.current() });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setLoaded({ kind: 'failed', error });
    }
  }, []);
  useEffect(() => void reload(), [reload]);
  return [loaded, reload];
}
