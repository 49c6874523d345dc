import { execFileSync } from 'node:child_process';

/** Makes one migrated database per Jest worker, on a real PostgreSQL; workers find theirs in the environment. */
export default function setUp(globalConfig) {
  const labels = Array.from({ length: globalConfig.maxWorkers }, (_, index) => `w${index + 1}`);
  const program = ['--import', 'tsx', '--conditions=react-server', 'testing/jest/test-databases.ts'];
  const output = execFileSync(process.execPath, [...program, 'create', String(process.pid), ...labels], {
    cwd: globalConfig.rootDir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.env.TEST_DATABASE_URLS = output.trim().split('\n').at(-1);
}
