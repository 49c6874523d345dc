import { noWayInWords } from '@/app/_components/no-way-in-words';
import { useApp } from '@/lib/client/room/use-room';

/** Says why no phone can come (AD4). */
export function NoWayIn() {
  const { hereAlone } = useApp();
  return (
    <p role="status" className="text-quiet">
      {noWayInWords(hereAlone)}
    </p>
  );
}
