import { startServerProcess } from './server-process';

test('the sources are served by a program that loads, and says by name what is missing', async () => {
  const variables = { PATH: process.env['PATH'] ?? '', DATABASE_URL: 'postgresql://nobody@127.0.0.1/nothing' };
  await expect(startServerProcess(variables, { dev: true, quiet: true })).rejects.toThrow(
    /^SPOTIFY_CLIENT_ID is missing/m,
  );
});
