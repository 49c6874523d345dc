import { skipSentence } from './skip-sentence';

describe('who voted, in words', () => {
  it('tells what a press does while nobody has voted', () => {
    expect(skipSentence([], true, 2)).toBe('Your press skips at once.');
    expect(skipSentence([], false, 1)).toBe('One vote skips the song.');
    expect(skipSentence([], false, 3)).toBe('3 votes skip the song.');
  });

  it('names the person at the page first, as "You"', () => {
    expect(skipSentence([null], false, 2)).toBe('You voted to skip.');
    expect(skipSentence(['Bob', null], false, 3)).toBe('You and Bob voted to skip.');
    expect(skipSentence(['Bob', 'Ada', null], false, 4)).toBe('You, Bob and Ada voted to skip.');
  });

  it('SV10 says why enough votes have not skipped yet', () => {
    expect(skipSentence(['Bob', null], false, 2, true)).toBe(
      'Votes of people who have just come count after half a minute.',
    );
  });

  it('counts those who do not fit', () => {
    expect(skipSentence(['Bob', 'Ada', 'Jo', 'Noor'], false, 9)).toBe('Bob, Ada and 2 others voted to skip.');
  });
});
