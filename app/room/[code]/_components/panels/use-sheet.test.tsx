import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { useSheet } from './use-sheet';

let root: Root;
let sheet: ReturnType<typeof useSheet>;

function Page({ onDraw }: { readonly onDraw: (state: ReturnType<typeof useSheet>) => void }) {
  const state = useSheet();
  useEffect(() => {
    onDraw(state);
  });
  return null;
}

const stepBack = (): Promise<void> =>
  act(() => new Promise<void>((resolve) => window.addEventListener('popstate', () => resolve(), { once: true })));

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.history.pushState({ page: 'room' }, '', '/room/BCD234');
  root = createRoot(document.createElement('div'));
  act(() => root.render(<Page onDraw={(state) => (sheet = state)} />));
});
afterEach(() => {
  act(() => root.unmount());
});

test('a panel that is closed twice takes one step back, and the next one can be closed again', async () => {
  const back = jest.spyOn(window.history, 'back');
  for (const times of [1, 2]) {
    act(() => sheet.open('song'));
    expect([sheet.sheet, window.history.state]).toEqual(['song', { sheet: true }]);
    act(() => {
      sheet.close();
      sheet.close();
    });
    await stepBack();
    expect(back).toHaveBeenCalledTimes(times);
    expect([sheet.sheet, window.history.state]).toEqual([null, { page: 'room' }]);
  }
});
