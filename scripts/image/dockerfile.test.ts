import { parseCommand, parseDockerfile, parseEnvLine } from './dockerfile';

test('stages, flags, lines that go on, and comments are read as they are meant', () => {
  const stages = parseDockerfile(
    [
      '# syntax=docker/dockerfile:1',
      'FROM --platform=$BUILDPLATFORM node:24-slim AS build',
      'RUN --mount=type=cache,target=/root/.npm npm ci \\',
      '  --omit=dev',
      '',
      'FROM node:24-slim',
      '  # nobody',
      'USER node',
      'COPY --from=build /app ./',
    ].join('\n'),
  );
  expect(stages).toEqual([
    {
      base: 'node:24-slim',
      name: 'build',
      instructions: [{ keyword: 'RUN', flags: { mount: 'type=cache,target=/root/.npm' }, text: 'npm ci --omit=dev' }],
    },
    {
      base: 'node:24-slim',
      name: null,
      instructions: [
        { keyword: 'USER', flags: {}, text: 'node' },
        { keyword: 'COPY', flags: { from: 'build' }, text: '/app ./' },
      ],
    },
  ]);
});

test('commands are lists, variables pairs', () => {
  expect(parseCommand('--interval=15s CMD ["node", "health.js"]')).toEqual(['node', 'health.js']);
  expect(parseCommand('["node", "serve.js"]')).toEqual(['node', 'serve.js']);
  expect(() => parseCommand('"node serve.js"')).toThrow('not a list');
  expect(parseEnvLine('NODE_ENV=production PORT=3000 OPTIONS=--a=b')).toEqual({
    NODE_ENV: 'production',
    PORT: '3000',
    OPTIONS: '--a=b',
  });
});
