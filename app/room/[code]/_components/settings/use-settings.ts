import { useState } from 'react';
import type { RoomSettingsInput } from '@/lib/shared/contract/rooms';
import { LatestChanges } from '@/lib/client/latest-changes';
import { useRoom, useRoomStore } from '@/lib/client/room/use-room';
import type { RoomDto } from '@/lib/shared/contract/snapshot';
import { settingWords } from './setting-words';

type SettingName = keyof RoomSettingsInput;

/** A setting that was changed, and what it was before. */
interface SettingChange {
  readonly name: SettingName;
  readonly back: RoomSettingsInput;
  /** It was taken back itself: what comes next is a change of its own. */
  readonly isUndo: boolean;
}

/** Anything else that was done; null where it cannot be taken back. */
interface OtherChange {
  readonly words: string;
  readonly undo: (() => Promise<unknown>) | null;
}

/** The settings of the room, for the parts of the panel. */
export interface Settings {
  readonly room: RoomDto;
  /** Changes one setting. Says whether that worked. */
  readonly change: (settings: RoomSettingsInput) => Promise<boolean>;
  /** Says what else was done, and how to take it back. */
  readonly note: (words: string, undo: OtherChange['undo']) => void;
  /** What was typed as the room's name and has not been taken yet; null shows its name, whoever changed it. */
  readonly typedName: string | null;
  readonly typeName: (name: string | null) => void;
  readonly nameError: string | null;
  readonly last: OtherChange | null;
}

/** Settings apply at once, one change after the other, and the last one can be taken back (SC4). */
export function useSettings(): Settings {
  const store = useRoomStore();
  const room = useRoom((state) => state.snapshot.room);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [nameError, setNameError] = useState<string | null>(null);
  const [last, setLast] = useState<SettingChange | OtherChange | null>(null);
  const [changes] = useState(
    () =>
      new LatestChanges<RoomSettingsInput>((settings) =>
        store.run((api) => api.updateRoom(settings), {}, setNameError),
      ),
  );

  async function change(settings: RoomSettingsInput): Promise<boolean> {
    const [name] = Object.keys(settings).filter((key): key is SettingName => key in settingWords);
    if (name === undefined) return true;
    // Several steps of one setting are one change: all of them are taken back.
    const isStep = last !== null && 'name' in last && last.name === name && !last.isUndo;
    const back = isStep ? last.back : { [name]: room[name] };
    const worked = await changes.push(settings);
    if (worked) setLast({ name, back, isUndo: false });
    return worked;
  }
  async function takeBack({ name, back }: SettingChange): Promise<void> {
    const again = { [name]: room[name] };
    if (name === 'name') setTypedName(null);
    if (await changes.push(back)) setLast({ name, back: again, isUndo: true });
  }
  function typeName(name: string | null): void {
    setTypedName(name);
    setNameError(null);
  }

  return {
    room,
    change,
    note: (words, undo) => setLast({ words, undo }),
    typedName,
    typeName,
    nameError,
    last: last !== null && 'name' in last ? { words: settingWords[last.name](room), undo: () => takeBack(last) } : last,
  };
}
