import { execFileSync } from 'node:child_process';

/** Drops the databases of this run. */
export default function tearDown(globalConfig) {
  const program = ['--import', 'tsx', '--conditions=react-server', 'testing/jest/test-databases.ts'];
  execFileSync(process.execPath, [...program, 'drop', String(process.pid)], {
    cwd: globalConfig.rootDir,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
