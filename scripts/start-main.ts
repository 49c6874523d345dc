import { fail } from './local/steps';
import { up } from './start-app';

console.log('\n  Roomtone\n');
await up(false).catch(fail);
