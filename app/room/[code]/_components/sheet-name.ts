/** The panels of a room, one open at a time. */
export type SheetName = 'invite' | 'settings' | 'devices' | 'people' | 'keys';
