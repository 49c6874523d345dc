import { useEffect, useState } from 'react';

/** Between two looks whether the app is back, in ms: soon at first, and not all pages of a party at once. */
const firstMs = 1_500;
const longestMs = 12_000;

/** How long after it came back by itself a page that fails again stays as it is, in ms: what fails then is no outage. */
const restMs = 60_000;

/** Whether the app can make pages again; an app that does not answer cannot. */
async function isReady(): Promise<boolean> {
  const answer = await fetch('/api/health/ready', { cache: 'no-store' }).catch(() => null);
  return answer?.ok === true;
}

/** Loads the page again, once in a while: one that fails without an outage would go round in a circle. */
function comeBack(load: () => void): boolean {
  const state: { readonly cameBackAt?: unknown } | null = window.history.state;
  if (typeof state?.cameBackAt === 'number' && Date.now() - state.cameBackAt < restMs) return false;
  window.history.replaceState({ ...state, cameBackAt: Date.now() }, '');
  load();
  return true;
}

const reload = (): void => window.location.reload();

/**
 * Loads a page that failed again as soon as the app is ready to make it (EV8).
 *
 * @param load the same address, from the server
 * @returns whether the app is away, so that this will happen
 */
export function useComeBack(load = reload): boolean {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const look = async (waitMs: number): Promise<void> => {
      const ready = await isReady();
      if (isGone) return;
      setAway(!ready);
      if (ready && comeBack(load)) return;
      // Ready, and the page failed all the same: there is nothing to wait for.
      if (!ready)
        timer = setTimeout(() => void look(Math.min(longestMs, waitMs * 1.5)), waitMs * (0.75 + Math.random() / 2));
    };
    void look(firstMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [load]);
  return isAway;
}
