import { type FormEvent, useState } from 'react';
import { TextField } from '@/app/_components/ui/field';
import { SubmitButton } from '@/app/_components/ui/submit-button';
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
        <SubmitButton disabled={name.trim() === '' || name === known}>Change</SubmitButton>
      </TextField>
    </form>
  );
}
