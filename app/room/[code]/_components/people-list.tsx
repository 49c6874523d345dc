'use client';

import { Confirm } from '@/app/_components/ui/confirm';
import { api } from '@/lib/client/api-client';
import { useRoom, useRoomStore } from '@/lib/client/use-room';
import type { MemberDto } from '@/lib/shared/snapshot';
import { Face } from './face';

/** Who is here. The host can remove guests, asked once more. */
export function PeopleList({ canRemove }: { readonly canRemove: boolean }) {
  const members = useRoom((state) => state.snapshot.members);
  const count = useRoom((state) => state.snapshot.memberCount);
  const ownId = useRoom((state) => state.you.memberId);
  return (
    <div>
      <ul className="divide-y divide-line border-y border-line">
        {members.map((member) => (
          <Person
            key={member.id}
            member={member}
            isYou={member.id === ownId}
            canRemove={canRemove && member.role === 'guest'}
          />
        ))}
      </ul>
      {count > members.length && <p className="mt-3 text-sm text-faint">And {count - members.length} more.</p>}
    </div>
  );
}

function Person({
  member,
  isYou,
  canRemove,
}: {
  readonly member: MemberDto;
  readonly isYou: boolean;
  readonly canRemove: boolean;
}) {
  const store = useRoomStore();
  const code = useRoom((state) => state.snapshot.room.code);
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-3 py-1.5">
      <Face large name={member.name} lit={member.present} />
      <span className={`min-w-0 grow basis-0 ${member.present ? '' : 'text-faint'}`}>
        <bdi>{member.name}</bdi>
        {isYou && <span className="text-faint"> (you)</span>}
        <span className="block text-sm text-faint">
          {[member.role === 'host' ? 'Host' : '', member.present ? '' : 'Away'].filter(Boolean).join(', ')}
        </span>
      </span>
      {canRemove && (
        <Confirm
          label={`Remove ${member.name} for good?`}
          question="They cannot come back to this room."
          yes="Remove for good"
          no="Keep"
          onYes={() => void store.press(() => api.removeMember(code, member.id))}
        >
          {(trigger) => (
            <button
              type="button"
              aria-label={`Remove ${member.name}`}
              {...trigger}
              className="min-h-11 rounded-full px-3 text-sm text-faint hover:text-danger"
            >
              Remove
            </button>
          )}
        </Confirm>
      )}
    </li>
  );
}
