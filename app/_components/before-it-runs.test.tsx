import { TextDecoder, TextEncoder } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import { act } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { StartDemo } from '@/app/demo/start-demo';
import { JoinByCodeForm } from './join-by-code-form';

test('SC11 a form is not sent before the page runs, and what was typed by then is kept', async () => {
  const asked: string[] = [];
  const fetch = (path: string): Promise<never> => {
    asked.push(path);
    return Promise.reject(new Error('Not reached.'));
  };
  // jsdom has none of them.
  Object.assign(globalThis, { TextDecoder, TextEncoder, MessageChannel, fetch });
  const { renderToString } = await import('react-dom/server');
  const page = document.createElement('div');
  document.body.append(page);
  page.innerHTML = renderToString(<JoinByCodeForm />);
  const [field, join] = [page.querySelector('input'), page.querySelector('button')];
  if (field === null || join === null) throw new Error('Something is missing.');
  expect(join.disabled).toBe(true);
  field.value = 'bcd 234';
  const root = await act(async () => hydrateRoot(page, <JoinByCodeForm />));
  expect([join.disabled, field.value]).toEqual([false, 'BCD234']);
  await act(async () => join.click());
  expect(asked).toEqual(['/api/rooms/BCD234']);
  await act(async () => root.unmount());
  page.remove();
});

test('SC11 a demo is not asked for before the page runs', async () => {
  const { renderToString } = await import('react-dom/server');
  const page = document.createElement('div');
  page.innerHTML = renderToString(<StartDemo />);
  expect(page.querySelector('button')?.disabled).toBe(true);
});
