import { fail } from './steps';
import { up } from './up';

console.log('\n  Roomtone\n');
await up(false).catch(fail);
