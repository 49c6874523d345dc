import { useEffect, useState } from 'react';
import { loginHref } from '@/app/_components/login-href';
import { LoginOutcomeNotice } from '@/app/_components/login-outcome';
import { Notice } from '@/app/_components/ui/notice';
import { buttonClass } from '@/app/_components/ui/button';
import { SpotifysWords } from './spotifys-words';

/** The check that asks Spotify: a login through the app, which comes back here, and says what came of it. */
export function CheckLogin({
  isChosen,
  account,
  stranded,
  outcome,
  path,
  returnTo,
}: {
  readonly isChosen: boolean;
  readonly account: string | null;
  readonly stranded: boolean;
  readonly outcome: string | undefined;
  /** Where the login comes back to. */
  readonly path: string;
  readonly returnTo: string;
}) {
  const [hasLeft, setHasLeft] = useState(false);
  // A browser that goes back shows the page as it was left, and not what happened since.
  useEffect(() => {
    const look = (event: PageTransitionEvent): void => setHasLeft((left) => left || event.persisted);
    window.addEventListener('pageshow', look);
    return () => window.removeEventListener('pageshow', look);
  }, []);
  if (!isChosen) return <p>When the client id is there, Spotify is asked whether it works.</p>;
  if (account !== null) {
    return (
      <>
        <Notice isGood text={`It works: ${account} is connected through your app.`} />
        <a href={returnTo} className={buttonClass('primary')}>
          {returnTo === '/' ? 'Start a room' : 'Back to the room'}
        </a>
      </>
    );
  }
  return (
    <>
      {outcome !== 'connected' && <LoginOutcomeNotice outcome={outcome} path={path} />}
      <p>Spotify asks whether your app may control your music, and comes back here.</p>
      <a href={loginHref(path)} className={buttonClass('primary')}>
        Log in with Spotify
      </a>
      <SpotifysWords isOpen={stranded || hasLeft} />
    </>
  );
}
