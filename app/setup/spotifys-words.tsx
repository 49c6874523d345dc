import { Disclosure } from '@/app/_components/ui/disclosure';

/** What Spotify says on a page of its own, from which nobody comes back by themselves, and what mends it. */
const words: readonly (readonly [says: string, mends: string])[] = [
  [
    'INVALID_CLIENT: Invalid client',
    'Spotify does not know that id. The client secret looks just like it, also 32 characters: copy the upper one, Client ID, and paste it in step 5.',
  ],
  [
    'INVALID_CLIENT: Invalid redirect URI',
    'The redirect URI of the app is another one, if only by a letter or a slash at its end. In the dashboard open the app, press Edit, copy the address of step 3 once more, press Add, and save.',
  ],
  [
    'INVALID_CLIENT: Insecure redirect URI',
    'Spotify takes addresses that begin with https, and 127.0.0.1. Whoever runs this site has to give it such an address.',
  ],
];

function List() {
  return (
    <dl className="flex flex-col gap-4">
      {words.map(([says, mends]) => (
        <div key={says}>
          <dt translate="no" className="font-mono text-sm text-ink">
            {says}
          </dt>
          <dd>{mends}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same, unasked where a login went to Spotify and did not come back. */
export function SpotifysWords({ isOpen }: { readonly isOpen: boolean }) {
  if (isOpen) {
    return (
      <section aria-label="Spotify showed an error?" role="status" className="arrives flex flex-col gap-3">
        <p className="text-ink">Your login has not come back. If Spotify showed an error:</p>
        <List />
      </section>
    );
  }
  return (
    <div className="w-full">
      <Disclosure title="Spotify shows an error?">
        <List />
      </Disclosure>
    </div>
  );
}
