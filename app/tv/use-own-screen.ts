import { useEffect, useEffectEvent, useState } from 'react';
import { api } from '@/lib/client/api-client';
import { ApiError } from '@/lib/client/api-error';
import { openingSession } from '@/lib/client/opening-session';
import type { ScreenDto } from '@/lib/shared/contract/screens';

/** Between two looks whether somebody has used the code, in ms. */
const askEveryMs = 3_000;

/** How long an answer may take, in ms: a connection that was cut without notice never brings one. */
const patienceMs = 10_000;

/** What a TV shows before it shows a room. */
export interface OwnScreen {
  /** Null before the first answer. */
  readonly code: string | null;
  /** Why it cannot be used now, in words. */
  readonly problem: string | null;
}

const away = 'Roomtone does not answer. Trying again…';

const becomeScreen = (): Promise<ScreenDto> => api.becomeScreen(AbortSignal.timeout(patienceMs));

/** The first time, a browser that keeps no cookies is told so (MB6): it would be another screen with every try. */
const becomeFirst = (): Promise<ScreenDto> =>
  openingSession(becomeScreen, () =>
    api.ownScreen().then(
      () => true,
      (error: unknown) => !(error instanceof ApiError && error.code === 'screen_not_found'),
    ),
  );

/** The screen that this browser is: made where it is none, made anew where its code was too old (SN4). */
async function readScreen(known: boolean): Promise<ScreenDto> {
  if (!known) return becomeFirst();
  try {
    return await api.ownScreen(AbortSignal.timeout(patienceMs));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'screen_not_found') return becomeScreen();
    throw error;
  }
}

function wordsFor(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  return error.code === 'no_cookies' || error.code === 'already_member' ? error.detail : away;
}

/**
 * Makes this browser a screen, asks every 3 s what it shows, and goes to the room once it is paired. A server that is away is asked again.
 *
 * @param goTo opens a page in place of this one
 */
export function useOwnScreen(goTo: (path: string) => void = (path) => window.location.replace(path)): OwnScreen {
  const [own, setOwn] = useState<OwnScreen>({ code: null, problem: null });
  const leave = useEffectEvent(goTo);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    let known = false;
    const look = async (): Promise<void> => {
      try {
        const { code, room } = await readScreen(known);
        known = true;
        if (isGone) return;
        if (room !== null) return leave(`/room/${room.code}/display`);
        setOwn({ code, problem: null });
      } catch (error) {
        const problem = wordsFor(error);
        if (!isGone) setOwn(({ code }) => ({ code, problem }));
      }
      if (!isGone) timer = setTimeout(() => void look(), askEveryMs);
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, []);
  return own;
}
