import { run } from './bootstrap.js';

run('dev-main.ts');
