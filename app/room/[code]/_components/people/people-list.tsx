import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useMay, useRoom } from '@/lib/client/room/use-room';
import type { MemberDto } from '@/lib/shared/contract/snapshot';
import { Avatar } from './avatar';
import { Door } from './door';
import { GuestTools } from './guest-tools';

/** Who is here. The host can give guests rights, and remove them. */
export function PeopleList() {
  const members = useRoom((state) => state.snapshot.members);
  const count = useRoom((state) => state.snapshot.memberCount);
  const ownId = useRoom((state) => state.you.memberId);
  const mayManage = useMay('manage_people');
  return (
    <div>
      <Door />
      <ul className="divide-y divide-line border-y border-line">
        {members.map((member) => (
          <Person
            key={member.id}
            member={member}
            isYou={member.id === ownId}
            isManageable={mayManage && member.role === 'guest'}
          />
        ))}
      </ul>
      {count > members.length && <p className="mt-3 text-sm text-faint">{`And ${count - members.length} more.`}</p>}
    </div>
  );
}

/** What there is to say of somebody besides the name. */
function standing({ role, coHost, trusted, present }: MemberDto): string {
  const words = [
    role === 'host' ? 'Host' : '',
    coHost === true ? 'Co-host' : '',
    trusted === true ? 'Trusted' : '',
    present ? '' : 'Away',
  ];
  return words.filter(Boolean).join(', ');
}

function Person({
  member,
  isYou,
  isManageable,
}: {
  readonly member: MemberDto;
  readonly isYou: boolean;
  readonly isManageable: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li className="py-1.5">
      <div className="flex min-h-11 items-center gap-3">
        <Avatar large name={member.name} isPresent={member.present} />
        <span className={`min-w-0 grow basis-0 ${member.present ? '' : 'text-faint'}`}>
          <bdi translate="no">{member.name}</bdi>
          {isYou && <span className="text-faint">{' (you)'}</span>}
          <span className="block text-sm text-faint">{standing(member)}</span>
        </span>
        {isManageable && (
          <button
            type="button"
            aria-label={`Manage ${member.name}`}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
            className="inline-flex min-h-11 items-center gap-1.5 rounded-full px-3 text-sm text-faint transition-colors duration-150 hover:bg-raised hover:text-ink"
          >
            <span>Manage</span>
            <ChevronDown
              aria-hidden
              className={`size-4.5 transition-transform duration-150 ${isOpen ? 'rotate-180' : ''}`}
            />
          </button>
        )}
      </div>
      {isManageable && (
        <div id={id} hidden={!isOpen}>
          {isOpen && <GuestTools member={member} />}
        </div>
      )}
    </li>
  );
}
