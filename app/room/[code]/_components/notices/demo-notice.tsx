import { TextLink } from '@/app/_components/ui/text-link';
import { Sentence } from '@/app/_components/ui/sentence';
import { useApp } from '@/lib/client/room/use-room';

/** Says in a demo that it is one, so that nobody looks for the sound, or for the people (DM5). */
export function DemoNotice() {
  const { demo } = useApp();
  if (!demo) return null;
  return (
    <Sentence className="border-b border-line py-2 text-sm text-quiet">
      A demo: made-up songs without sound, and two guests who follow a script. It is gone after an hour.{' '}
      <TextLink href="/host-your-own">Host your own</TextLink>
    </Sentence>
  );
}
