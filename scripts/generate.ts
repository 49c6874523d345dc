import { generateClient } from './local/app-build';
import { fail } from './local/steps';

try {
  console.log((await generateClient()) ? 'Made the database client.' : 'The database client is up to date.');
} catch (error) {
  fail(error);
}
