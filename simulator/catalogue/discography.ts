import type { CoverName } from './covers';

/** A song of the discography: title, length in `m:ss`, and what is unusual about it. */
export interface SongEntry {
  readonly title: string;
  readonly length: string;
  readonly explicit?: true;
  readonly unplayable?: true;
  /** Artists beside the album's. */
  readonly guests?: readonly string[];
}

/** An album of the discography. */
export interface AlbumEntry {
  readonly cover: CoverName;
  readonly title: string;
  readonly artist: string;
  readonly kind: 'album' | 'single' | 'compilation';
  readonly released: string;
  readonly songs: readonly SongEntry[];
}

const song = (title: string, length: string, more: Omit<SongEntry, 'title' | 'length'> = {}): SongEntry => ({
  title,
  length,
  ...more,
});

/** Every album of the made-up catalogue. Artists and titles are invented. */
export const discography: readonly AlbumEntry[] = [
  {
    cover: 'low-tide',
    title: 'Low Tide Radio',
    artist: 'Harbour Lights Committee',
    kind: 'album',
    released: '2023-06-09',
    songs: [
      song('Low Tide', '3:24'),
      song('Ferry to Nowhere Else', '2:58'),
      song('Salt on the Window', '4:12'),
      song('Lanterns, Counted', '3:07'),
      song('Rope and Bell', '2:41'),
      song('The Pilot Sleeps', '4:46'),
      song('Low Tide (Live at the Boathouse)', '4:51'),
    ],
  },
  {
    cover: 'paper-planets',
    title: 'Paper Planets',
    artist: 'Ada Quill',
    kind: 'album',
    released: '2024-02-23',
    songs: [
      song('Paper Planets', '3:33'),
      song('Small Gravity', '2:49'),
      song('Borrowed Telescope', '3:58'),
      song('Orbit, Orbit, Orbit', '3:16', { guests: ['Moth & Meridian'] }),
      song('Moonrise over the Car Park', '4:04'),
      song('Paper Planets (Radio Edit)', '2:44'),
    ],
  },
  {
    cover: 'night-bus',
    title: 'Night Bus Studies',
    artist: 'Moth & Meridian',
    kind: 'album',
    released: '2021-11-05',
    songs: [
      song('Upper Deck, Front Seat', '3:39'),
      song('N38', '4:22'),
      song('Everyone Is Asleep but Me', '3:02', { explicit: true }),
      song('Neon for Breakfast', '2:55', { explicit: true }),
      song('Terminus', '4:58'),
      song('Request Stop', '2:37'),
    ],
  },
  {
    cover: 'glasshouse',
    title: 'Glasshouse',
    artist: 'The Fern Assembly',
    kind: 'album',
    released: '2019',
    songs: [
      song('Condensation', '3:48'),
      song('Everything We Planted Came Up', '4:17'),
      song('Orchid Thief', '3:21'),
      song('Humid', '2:33'),
      song('Condensation (2025 Remaster)', '3:49'),
      song('Pane by Pane', '4:40'),
    ],
  },
  {
    cover: 'northern-kitchen',
    title: 'Northern Kitchen',
    artist: 'Ólafur Tin',
    kind: 'album',
    released: '2022-09-30',
    songs: [
      song('Kettle', '2:12'),
      song('Blåbær', '3:36'),
      song('Señora Martes', '3:14'),
      song('Das Licht im Kühlschrank', '3:52'),
      song('Crème de la Crumb', '2:47'),
      song('Dishes', '4:31'),
    ],
  },
  {
    cover: 'slow-weather',
    title: 'Slow Weather',
    artist: 'Isobar Choir',
    kind: 'album',
    released: '2020-03',
    songs: [
      song('High Pressure', '4:09'),
      song('Drizzle as a Second Language', '3:43'),
      song(
        'A Complete and Entirely Unabridged Account of the Weather as It Was Seen from the Back Step Between Breakfast and the Second Pot of Tea, with Remarks',
        '4:55',
      ),
      song('Barometer Blues', '3:27'),
      song('Sunday, Clearing Later', '3:59'),
    ],
  },
  {
    cover: 'copper-wire',
    title: 'Copper Wire Lullabies',
    artist: 'June Ampère',
    kind: 'album',
    released: '2025-01-17',
    songs: [
      song('Fuse', '2:26'),
      song('Alternating', '3:11'),
      song('Hum in the Wall', '3:57', { guests: ['The Long Hum'] }),
      song('Earth, Neutral, Live', '3:30'),
      song('Short Circuit', '2:08', { explicit: true }),
      song('Goodnight, Substation', '4:44'),
    ],
  },
  {
    cover: 'two-left-shoes',
    title: 'Two Left Shoes',
    artist: 'Disco Umbrella',
    kind: 'album',
    released: '2024-08-02',
    songs: [
      song('Two Left Shoes', '3:20'),
      song('Dance Like the Landlord Moved Out', '3:05', { explicit: true }),
      song('🪩🕺✨ (feat. 👨‍👩‍👧‍👦)', '2:52', { guests: ['Ada Quill'] }),
      song('Kitchen Floor, 2 a.m.', '3:44'),
      song('Last Coat on the Bed', '4:02'),
      song('Two Left Shoes (Extended Mix)', '5:00'),
    ],
  },
  {
    cover: 'letters-home',
    title: 'رسائل إلى البيت',
    artist: 'فرقة الشرفة',
    kind: 'album',
    released: '2018-10-12',
    songs: [
      song('صباح على الشرفة', '3:18'),
      song('قهوة ومطر', '4:06'),
      song('رسالة بلا عنوان', '3:41'),
      song('טיול בשכונה', '2:59'),
      song('الطريق الطويل إلى البحر', '4:27'),
    ],
  },
  {
    cover: 'static-garden',
    title: 'Static Garden',
    artist: 'Wren & the Receivers',
    kind: 'album',
    released: '2023-03-24',
    songs: [
      song('Tuning', '2:03'),
      song('Shortwave Roses', '3:35'),
      song('夜の短波放送', '3:50'),
      song('Between Stations', '4:15'),
      song('The Gardener’s Frequency', '3:01'),
      song('Withdrawn from Sale', '3:09', { unplayable: true }),
    ],
  },
  {
    cover: 'open-window',
    title: 'Open Window',
    artist: 'Ada Quill',
    kind: 'single',
    released: '2025-05-02',
    songs: [song('Open Window', '3:03'), song('Open Window (Acoustic)', '3:26')],
  },
  {
    cover: 'the-long-hum',
    title: 'A Room with Everyone in It',
    artist: 'The Long Hum',
    kind: 'compilation',
    released: '2026-04-10',
    songs: [
      song('A Room with Everyone in It', '3:47'),
      song('Low Tide (2026 Remaster)', '3:25', { guests: ['Harbour Lights Committee'] }),
      song('Somebody Else’s Jacket', '2:46', { explicit: true }),
      song('Pass Me the Remote', '2:31'),
      song('Neighbours', '3:54'),
      song('One More and Then Home', '4:33'),
    ],
  },
  {
    cover: 'blink',
    title: 'Blink and You Miss It',
    artist: 'Moth & Meridian',
    kind: 'album',
    released: '2026-10-02',
    // Short enough to hear a whole evening of them in a minute.
    songs: [
      song('Door', '0:05'),
      song('Toaster', '0:05'),
      song('Stairs', '0:05'),
      song('Umbrella', '0:05'),
      song('Spoon', '0:05'),
      song('Cat', '0:05'),
      song('Doorbell', '0:05'),
      song('Pigeon', '0:05'),
      song('Zip', '0:05'),
      song('Typewriter', '0:05'),
      song('Bicycle', '0:05'),
      song('Switch', '0:05'),
    ],
  },
  {
    cover: 'waiting-room',
    title: 'Music for Short Waits',
    artist: 'Moth & Meridian',
    kind: 'album',
    released: '2026-10-09',
    // Long enough for everything that a room does with a song, short enough for many of them in one test.
    songs: [
      song('Lift, Third Floor', '0:40'),
      song('Kettle Not Yet', '0:40'),
      song('Dial Tone', '0:40'),
      song('Red Light', '0:40'),
      song('Level Crossing', '0:40'),
      song('Ticket Forty-One', '0:40'),
      song('Buffering', '0:40'),
      song('Rinse Cycle', '0:40'),
      song('Platform Edge', '0:40'),
      song('Toll Booth', '0:40'),
      song('Loading Bar', '0:40'),
      song('Revolving Door', '0:40'),
    ],
  },
  {
    cover: 'small-hours',
    title: 'Small Hours, Smaller Songs',
    artist: 'Paper Lanterns',
    kind: 'album',
    released: '2026-10-09',
    songs: [
      song('Night Bus Nine', '0:40'),
      song('Fridge Light', '0:40'),
      song('Last Orders', '0:40'),
      song('Taxi Rank', '0:40'),
      song('Streetlamp Hum', '0:40'),
      song('Milk Float', '0:40'),
      song('Cold Pizza', '0:40'),
      song('Lost Keys', '0:40'),
      song('Spare Blanket', '0:40'),
      song('Window Ajar', '0:40'),
      song('Far Siren', '0:40'),
      song('First Tram', '0:40'),
    ],
  },
];
