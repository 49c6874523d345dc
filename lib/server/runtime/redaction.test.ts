import { redactFields, redacted, redactText } from './redaction';

const token = 'BQDw3xT7kLm9PzQ2vR8yNc5sWf1hJ6gA4bE0uKtXo';

test.each([
  ['a token', token, redacted],
  ['a bearer', `refused: Bearer ${token}!`, `refused: Bearer ${redacted}`],
  ['a short bearer', 'Bearer abc', `Bearer ${redacted}`],
  ['a cookie', 'roomtone_session_3001=Fe26.2*1*abc; theme=dark', `roomtone_session_3001=${redacted}; theme=dark`],
  ['a secure cookie', '__Host-roomtone_session=abc', `__Host-roomtone_session=${redacted}`],
  ['a seal', 'cannot open Fe26.2*1*aa*bb', `cannot open ${redacted}`],
  ['a database', 'postgresql://me:pass@db.example:5432/app', `postgresql://${redacted}@db.example:5432/app`],
  [
    'a callback',
    'https://room.example/api/spotify/callback?code=abc&state=def',
    `https://room.example/api/spotify/callback?${redacted}`,
  ],
  ['a path with a query', 'GET /api/x?q=words failed', `GET /api/x?${redacted} failed`],
  ['a fragment', 'https://room.example/#access', `https://room.example/?${redacted}`],
  ['a room', 'left /room/K7QWXA at last', `left /room/${redacted} at last`],
  ['a room in the API', '/api/rooms/k7qwxa/queue', `/api/rooms/${redacted}/queue`],
])('%s does not stay in a text', (_, text, left) => {
  expect(redactText(text)).toBe(left);
});

test.each([
  'PrismaClientKnownRequestError:P2028',
  'https://room.example',
  'codeGuesses=30 allCodeGuesses=3000 joins=60',
  '8c5d8f0e-4a53-4b9b-9d0e-0e1f2a3b4c5d',
  'app_rooms_code_events_route_actions_js',
  '/api/rooms/:code/queue/:id',
])('%s stays', (text) => {
  expect(redactText(text)).toBe(text);
});

test('fields that are called like secrets lose their values, of whatever kind', () => {
  const secrets = {
    accessToken: 'a',
    SESSION_SECRET: 'b',
    cookie: 'c',
    setCookie: 'd',
    databasePassword: 'e',
    authorization: 'f',
    sealedVerifier: 'g',
    code: 'K7QWXA',
    state: 'h',
    name: 'Alice',
    credentials: { user: 'a' },
  };
  expect(Object.values(redactFields(secrets))).toEqual(Object.keys(secrets).map(() => redacted));
});

test('what is no secret stays as it is', () => {
  const fields = {
    event: 'spotify.token_unreadable',
    requestId: 'fra1::iad1::Abcde-1700000000000-0123456789ab',
    stack: 'run lib/server/db/Rooms2WithALongName0123456789.ts:1:2',
    seconds: 3,
    rotated: false,
    reason: null,
    note: 'quota',
  };
  expect(redactFields(fields)).toEqual(fields);
});
