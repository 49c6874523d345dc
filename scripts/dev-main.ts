import { fail } from './local/steps';
import { up } from './start-app';

console.log('\n  Roomtone, for development\n');
await up(true).catch(fail);
