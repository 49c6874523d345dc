import type { Metadata } from 'next';
import { MessagePage } from '@/app/_components/message-page';
import { buttonClass } from '@/app/_components/ui/button';
import { loadTvPage } from '@/lib/server/pages';
import { TvScreen } from './tv-screen';

export const metadata: Metadata = { title: 'For the TV' };

/** What a TV opens, by its remote control: nobody types anything else there (SN4). Opens no session (SE-09): the page does, when it runs. */
export default async function TvPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly room?: string | string[] }>;
}) {
  const { room } = await searchParams;
  const { app, currentRoom, joinPath } = await loadTvPage(typeof room === 'string' ? room : null);
  if (currentRoom === null)
    return <TvScreen origin={app.invite[0]?.origin ?? null} hereAlone={app.hereAlone} joinPath={joinPath} />;
  return (
    <MessagePage title="This browser is in a room" forTv>
      <p className="text-[1em] text-quiet">
        It is there as a person. The room can be shown here all the same; a TV that is nobody shows a code at this page.
      </p>
      <div className="flex flex-wrap gap-3">
        <a href={`/room/${currentRoom.code}/display`} className={buttonClass('primary')}>
          Show the room here
        </a>
        <a href={`/room/${currentRoom.code}`} className={buttonClass('plain')}>
          To the room
        </a>
      </div>
    </MessagePage>
  );
}
