import { root } from '@/scripts/local/paths';
import { contextFiles } from './build-context';

test('an image’s build sees its sources, and nothing secret, installed or built', () => {
  const files = contextFiles(root);
  expect(files).toEqual(
    expect.arrayContaining(['package-lock.json', '.npmrc', 'server/serve.ts', 'scripts/run.js', 'app/layout.tsx']),
  );
  const others = /^(\.env|\.git\/|\.data|\.next|\.builds|node_modules|docs|e2e)|\.test\.tsx?$|\/generated\//;
  expect(files.filter((file) => others.test(file))).toEqual([]);
});
