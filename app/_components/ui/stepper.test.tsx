import { act, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { Stepper } from './stepper';

let root: Root;
let sent: number[];
let box: HTMLElement;
let answer: boolean;

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

const field = (): HTMLInputElement => {
  const input = box.querySelector('input');
  if (input === null) throw new Error('There is no field.');
  return input;
};
const type = (text: string): void =>
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
const press = (key: string): Promise<void> =>
  act(async () => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await Promise.resolve();
  });

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  [sent, answer] = [[], true];
  box = document.body.appendChild(document.createElement('div'));
  root = createRoot(box);
  act(() => root.render(<Setting />));
});
afterEach(() => {
  act(() => root.unmount());
  box.remove();
  jest.useRealTimers();
});

test('stays as typed until Enter, and is one change', async () => {
  type('');
  expect(field().value).toBe('');
  type('5');
  type('50');
  expect([field().value, sent]).toEqual(['50', []]);
  await press('Enter');
  expect([field().value, sent]).toEqual(['50', [50]]);
});

test('is meant after a pause, too, but not while it is empty or out of bounds', async () => {
  type('');
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  type('500');
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(sent).toEqual([]);
  type('7');
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect([field().value, sent]).toEqual(['7', [7]]);
});

test('is brought within its bounds when it is meant; what is no number never was', async () => {
  type('500');
  await press('Enter');
  type('x');
  await press('Enter');
  expect([field().value, sent]).toEqual(['100', [100]]);
});

test('quick steps all count', async () => {
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown']) await press(key);
  expect([field().value, sent]).toEqual(['4', []]);
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(sent).toEqual([4]);
});

test('a panel that closes takes nothing away that was typed', () => {
  type('9');
  act(() => root.render(null));
  expect(sent).toEqual([9]);
});

test('what is refused is not shown', async () => {
  answer = false;
  type('9');
  await press('Enter');
  expect([field().value, sent]).toEqual(['2', [9]]);
});
