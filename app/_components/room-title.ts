/** What a room is called: its name, or its code when it has none. */
export function roomTitle(room: { readonly name: string; readonly code: string }): string {
  return room.name === '' ? `Room ${room.code}` : room.name;
}
