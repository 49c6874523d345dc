import { run } from './bootstrap.js';

run('../bench/main.ts');
