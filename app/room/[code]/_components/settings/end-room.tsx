import { Button } from '@/app/_components/ui/button';
import { Confirm } from '@/app/_components/ui/confirm';
import { useRoomStore } from '@/lib/client/room/use-room';

/** Ends the room for everybody, asked once more. */
export function EndRoom() {
  const store = useRoomStore();
  return (
    <section aria-label="End the room" className="flex flex-col items-start gap-3 border-t border-line pt-6">
      <Confirm
        label="End the room for everybody?"
        question="End the room for everybody? The music plays on; the remote is gone."
        yes="End it for everybody"
        no="Keep it open"
        onYes={() => void store.run((api) => api.endRoom())}
      >
        {(trigger) => (
          <Button variant="danger" {...trigger}>
            End the room
          </Button>
        )}
      </Confirm>
    </section>
  );
}
