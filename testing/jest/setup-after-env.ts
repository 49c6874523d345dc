import { watchHeldText } from '@/testing/people/held-text';

/** A stray word on the console is a warning nobody read: it fails the test that caused it. */
const spoken: string[] = [];

for (const name of ['error', 'warn'] as const) {
  jest.spyOn(console, name).mockImplementation((...words: unknown[]) => {
    spoken.push(`console.${name}: ${words.map(String).join(' ')}`);
  });
}

/** In jsdom: text that does not survive a translation of the page (SC6). */
const readHeldText = typeof document === 'undefined' ? () => undefined : watchHeldText((words) => spoken.push(words));

afterEach(() => {
  readHeldText();
  const words = spoken.splice(0);
  if (words.length > 0) throw new Error(words.join('\n'));
});
