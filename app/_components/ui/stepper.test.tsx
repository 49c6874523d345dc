import { act, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { asUser } from '@/testing/people/user';
import { Stepper } from './stepper';

let sent: number[];
let answer: boolean;
let unmount: () => void;

/** A setting that the server takes, or refuses. */
function Setting() {
  const [value, setValue] = useState(2);
  const change = (next: number): Promise<boolean> => {
    sent.push(next);
    if (answer) setValue(next);
    return Promise.resolve(answer);
  };
  return <Stepper label="Votes" value={value} min={1} max={100} onChange={change} />;
}

const field = (): HTMLInputElement => screen.getByRole('spinbutton', { name: 'Votes' });
/** Puts text in place of what stands in the field. */
const type = (text: string): Promise<void> =>
  asUser((user) => {
    field().focus();
    field().select();
    return text === '' ? user.keyboard('{Delete}') : user.paste(text);
  });
const press = (key: string): Promise<void> =>
  asUser((user) => {
    field().focus();
    return user.keyboard(`{${key}}`);
  });

beforeEach(() => {
  jest.useFakeTimers();
  [sent, answer] = [[], true];
  unmount = render(<Setting />).unmount;
});
afterEach(() => jest.useRealTimers());

test('stays as typed until Enter, and is one change', async () => {
  await type('');
  expect(field().value).toBe('');
  await type('5');
  await type('50');
  expect([field().value, sent]).toEqual(['50', []]);
  await press('Enter');
  expect([field().value, sent]).toEqual(['50', [50]]);
});

test('is meant after a pause, too, but not while it is empty or out of bounds', async () => {
  await type('');
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  await type('500');
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(sent).toEqual([]);
  await type('7');
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect([field().value, sent]).toEqual(['7', [7]]);
});

test('is brought within its bounds when it is meant; what is no number never was', async () => {
  await type('500');
  await press('Enter');
  await type('x');
  await press('Enter');
  expect([field().value, sent]).toEqual(['100', [100]]);
});

test('quick steps all count', async () => {
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown']) await press(key);
  expect([field().value, sent]).toEqual(['4', []]);
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(sent).toEqual([4]);
});

test('a panel that closes takes nothing away that was typed', async () => {
  await type('9');
  unmount();
  expect(sent).toEqual([9]);
});

test('what is refused is not shown', async () => {
  answer = false;
  await type('9');
  await press('Enter');
  expect([field().value, sent]).toEqual(['2', [9]]);
});
