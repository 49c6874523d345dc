import { requiredVotes } from './skip-threshold';

test.each([
  [2, 1, 1],
  [2, 0, 1],
  [2, 10, 2],
  [100, 7, 7],
  [1, 50, 1],
])('SV2 %i votes asked of %i people: %i', (votesToSkip, people, required) => {
  expect(requiredVotes(votesToSkip, people)).toBe(required);
});
