import { betweenLines, step } from './steps';

test('what others print while steps run stands between their lines, in the order in which it came', async () => {
  let printed = '';
  const add = (text: unknown): boolean => (printed += String(text)) !== '';
  const silenced = [
    jest.spyOn(process.stdout, 'write').mockImplementation(add),
    jest.spyOn(console, 'log').mockImplementation((text) => void add(`${text}\n`)),
  ];
  const say = (text: string): void => betweenLines(() => void process.stdout.write(`${text}\n`));
  try {
    say('before');
    let end: () => void = () => undefined;
    const first = step('First', () => new Promise<void>((resolve) => (end = resolve)));
    const second = step('Second', () => Promise.resolve());
    say('meanwhile');
    say('and this');
    const third = step('Third', () => Promise.resolve());
    end();
    await Promise.all([first, second, third]);
    say('after');
  } finally {
    for (const each of silenced) each.mockRestore();
  }
  expect(printed.replaceAll(/[\d.]+ s/g, 'some s')).toBe(
    'before\n  First … some s\n  Second … some s\nmeanwhile\nand this\n  Third … some s\nafter\n',
  );
});

test('at a terminal a long step counts its seconds in its line, and its outcome is written over them', async () => {
  let printed = '';
  const silenced = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => (printed += String(text)) !== ''),
    jest.spyOn(console, 'log').mockImplementation((text) => void (printed += `${text}\n`)),
  ];
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  jest.useFakeTimers();
  try {
    let end: () => void = () => undefined;
    const long = step('Long', () => new Promise<void>((resolve) => (end = resolve)));
    jest.advanceTimersByTime(2_500);
    end();
    await long;
    jest.advanceTimersByTime(5_000);
  } finally {
    jest.useRealTimers();
    process.stdout.isTTY = isTTY;
    for (const each of silenced) each.mockRestore();
  }
  expect(printed).toBe('  Long … \r  Long … 1 s\r  Long … 2 s\r  Long … 2.5 s\n');
});
