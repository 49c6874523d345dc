import { run } from './bootstrap.js';

run('test-main.ts');
