'use client';

import { MessagePage } from './_components/message-page';
import { Button } from './_components/ui/button';

export default function ErrorPage() {
  return (
    <MessagePage title="That did not work">
      <p className="text-quiet">Something went wrong on our side. The music plays on; the room is kept.</p>
      <Button variant="primary" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </MessagePage>
  );
}
