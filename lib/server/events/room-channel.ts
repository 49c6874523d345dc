/** The PostgreSQL channel on which a change of a room is announced; the payload is a {@link RoomHint} as JSON. */
export const roomChannel = 'roomtone_room';

/** "Room `room` is at version `version`": a hint to read it again, never the data itself. */
export interface RoomHint {
  readonly room: string;
  readonly version: number;
}
