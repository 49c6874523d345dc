import { errorDescriptions } from './errors';

test('every failure has a status, a title and a sentence', () => {
  for (const { status, title, detail } of Object.values(errorDescriptions)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title.length).toBeGreaterThan(3);
    expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(detail).not.toContain('!');
  }
});
