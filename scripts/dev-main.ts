import { fail } from './steps';
import { up } from './up';

console.log('\n  Roomtone, for development\n');
await up(true).catch(fail);
