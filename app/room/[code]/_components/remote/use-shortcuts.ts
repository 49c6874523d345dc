import { useEffect, useEffectEvent } from 'react';
import { canAddSongs } from '@/lib/client/room/rights';
import { useMay, useRoom } from '@/lib/client/room/use-room';
import type { SheetName } from '@/app/room/[code]/_components/panels/use-sheet';
import { useRemote } from './use-remote';

/** The keys, and what they do for whoever may. */
export const shortcuts = [
  { keys: 'Space', does: 'Pause or play' },
  { keys: 'Shift →', does: 'Next song (host and co-hosts)' },
  { keys: 'Shift ←', does: 'Previous song (host and co-hosts)' },
  { keys: 'S', does: 'Vote to skip, or take it back' },
  { keys: '/', does: 'Add a song' },
  { keys: 'I', does: 'Invite' },
  { keys: '?', does: 'This list' },
] as const;

/** Keys that somebody types into a field or chooses within a panel belong to that, and Space on a button remote the button. */
function isTaken(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null) return true;
  return key === ' ' && target.closest('button, a') !== null;
}

/** Listens to the room's keys. */
export function useShortcuts(open: (sheet: SheetName) => void): void {
  const controls = useMay('control');
  const canAdd = useRoom((state) => canAddSongs(state) && state.snapshot.spotify.status !== 'not_connected');
  const mayPause = useMay('pause');
  const remote = useRemote();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTaken(event.key, event.target)) return;
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      ' ': mayPause ? remote.togglePlay : undefined,
      ArrowRight: controls && event.shiftKey ? remote.next : undefined,
      ArrowLeft: controls && event.shiftKey ? remote.previous : undefined,
      s: remote.toggleSkipVote,
      '/': canAdd ? () => open('search') : undefined,
      i: () => open('invite'),
      '?': () => open('keys'),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
