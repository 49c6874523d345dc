import { run } from './bootstrap.js';

run('start-main.ts');
