/** A stray word on the console is a warning nobody read: it fails the test that caused it. */
const spoken: string[] = [];

for (const name of ['error', 'warn'] as const) {
  jest.spyOn(console, name).mockImplementation((...words: unknown[]) => {
    spoken.push(`console.${name}: ${words.map(String).join(' ')}`);
  });
}

afterEach(() => {
  const words = spoken.splice(0);
  if (words.length > 0) throw new Error(words.join('\n'));
});
