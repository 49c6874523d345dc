import { generateClient } from './prepare';
import { fail } from './steps';

try {
  console.log(generateClient() ? 'Made the database client.' : 'The database client is up to date.');
} catch (error) {
  fail(error);
}
