import { run } from './bootstrap.js';

run('faults-main.ts');
