/** The panels of a room, one open at a time; `song` is the menu of a waiting song. */
export type SheetName = 'invite' | 'settings' | 'devices' | 'people' | 'keys' | 'search' | 'history' | 'song';
