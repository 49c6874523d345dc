import { initials } from './initials';

describe('initials', () => {
  it.each([
    ['Bob', 'B'],
    ['ada  quill', 'AQ'],
    ['Jo van der Weiß', 'JW'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['👨‍👩‍👧‍👦 مرحبا', '👨‍👩‍👧‍👦'],
    ['Mia 🎉', 'M'],
    ['🇳🇴 Kari', '🇳🇴'],
    ['李小龍', '李'],
    ['山田 太郎', '山'],
    ['', ''],
  ])('%s: %s, in whole characters', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});
