import { MessagePage } from './_components/message-page';
import { buttonClass } from './_components/ui/button';

export default function NotFound() {
  return (
    <MessagePage title="There is nothing here">
      <p className="text-quiet">The link may be wrong or old. A room’s link ends in its six letters and numbers.</p>
      <a href="/" className={buttonClass('primary')}>
        To the start
      </a>
    </MessagePage>
  );
}
