import { useEffect } from 'react';
import { Button } from '@/app/_components/ui/button';
import { useMay, useRoom, useRoomStore } from '@/lib/client/room/use-room';
import { useRequest } from '@/app/room/[code]/_components/panels/use-request';

/** Who waits at the door, for those who may let them in (AM2). */
export function Door() {
  const mayAdmit = useMay('admit');
  const count = useRoom((state) => state.snapshot.waitingCount);
  return mayAdmit && count > 0 ? <Waiting /> : null;
}

function Waiting() {
  const store = useRoomStore();
  const [loaded, reload] = useRequest(() => store.api.waiting());
  useEffect(() => {
    let known = store.getState().snapshot.version;
    return store.subscribe(() => {
      const { version } = store.getState().snapshot;
      if (version === known) return;
      known = version;
      void reload();
    });
  }, [store, reload]);
  if (loaded.kind !== 'known' || loaded.value.length === 0) return null;
  return (
    <section aria-labelledby="door-title" className="mb-6">
      <h3 id="door-title" className="mb-2 font-semibold">
        At the door
      </h3>
      <ul className="divide-y divide-line border-y border-line">
        {loaded.value.map(({ id, name }) => (
          <li key={id} className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1.5">
            <bdi translate="no" className="min-w-0 grow basis-24">
              {name}
            </bdi>
            <span className="flex gap-1">
              <Button size="small" aria-label={`Let ${name} in`} onClick={() => void store.run((api) => api.admit(id))}>
                Let in
              </Button>
              <Button
                size="small"
                variant="quiet"
                aria-label={`Turn ${name} away`}
                onClick={() => void store.run((api) => api.turnAway(id))}
              >
                Turn away
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
