import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import { PanelBoundary } from './panel-boundary';
import { PanelFailed } from './panel-failed';

interface PanelProps {
  readonly onClose: () => void;
}

type Loaded<Props> =
  | { readonly kind: 'loading' | 'failed' }
  | { readonly kind: 'here'; readonly Panel: ComponentType<Props> };

/** How the code of every panel is had before anybody asks for it. */
const loaders: (() => Promise<unknown>)[] = [];

/**
 * A panel whose code comes when it is wanted. Code that could not be had is asked for again with the next try, which `React.lazy` and
 * `next/dynamic` never do, and nothing that goes wrong in a panel takes the room with it.
 */
export function lazyPanel<Props extends PanelProps>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactNode {
  let known: ComponentType<Props> | null = null;
  const read = async (): Promise<ComponentType<Props>> => (known ??= await load());
  loaders.push(read);

  function WantedPanel(props: Props) {
    const [loaded, setLoaded] = useState<Loaded<Props>>(() =>
      known === null ? { kind: 'loading' } : { kind: 'here', Panel: known },
    );
    const tryAgain = useCallback(() => setLoaded({ kind: 'loading' }), []);
    const isLoading = loaded.kind === 'loading';
    useEffect(() => {
      if (!isLoading) return undefined;
      let isWanted = true;
      read().then(
        (Panel) => isWanted && setLoaded({ kind: 'here', Panel }),
        () => isWanted && setLoaded({ kind: 'failed' }),
      );
      return () => {
        isWanted = false;
      };
    }, [isLoading]);
    if (loaded.kind === 'failed')
      return <PanelFailed text="This needs a connection." onTryAgain={tryAgain} onClose={props.onClose} />;
    return loaded.kind === 'here' ? <loaded.Panel {...props} /> : <PanelOnItsWay />;
  }

  return function LazyPanel(props: Props) {
    return (
      <PanelBoundary onClose={props.onClose}>
        <WantedPanel {...props} />
      </PanelBoundary>
    );
  };
}

/** In the place of a panel whose code is on its way: seen after a moment, so that nothing flashes where it comes at once (SC11). */
function PanelOnItsWay() {
  return (
    <p
      role="status"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-ground px-5 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] text-quiet [animation:arrive_220ms_400ms_backwards] md:left-auto md:w-105 md:border-l"
    >
      Opening…
    </p>
  );
}

/** Has the code of all panels, one after the other; what cannot be had now is asked for when it is wanted. */
export async function preloadPanels(): Promise<void> {
  for (const load of loaders) await load().catch(() => undefined);
}
