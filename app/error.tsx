'use client';

import { MessagePage } from './_components/message-page';
import { Button } from './_components/ui/button';
import { useComeBack } from './_components/use-come-back';

/** A page that could not be made. Where the app is away it comes back by itself, as rooms that are open do (EV8). */
export default function ErrorPage() {
  const isAway = useComeBack();
  return (
    <MessagePage title={isAway ? 'Back in a moment' : 'That did not work'}>
      <p role="status" className="text-quiet">
        {isAway
          ? 'Roomtone cannot be reached just now. The music plays on; the room is kept, and this page comes back by itself.'
          : 'Something went wrong on our side. The music plays on; the room is kept.'}
      </p>
      <Button variant="primary" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </MessagePage>
  );
}
