import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { TextField } from '@/app/_components/ui/field';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';

/** Changes the name the room knows this person by. */
export function OwnName() {
  const store = useRoomStore();
  const known = useRoom((state) => state.you.name);
  const [name, setName] = useState(known);
  const [error, setError] = useState<string | null>(null);
  async function rename(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (name.trim() !== '' && name !== known) await store.run((api) => api.join(name), {}, setError);
  }
  return (
    <form onSubmit={(event) => void rename(event)}>
      <TextField
        label="Your name"
        value={name}
        maxLength={200}
        error={error}
        onChange={(event) => {
          setName(event.target.value);
          setError(null);
        }}
      >
        <Button type="submit" disabled={name.trim() === '' || name === known}>
          Change
        </Button>
      </TextField>
    </form>
  );
}
