import { act, renderHook } from '@testing-library/react';
import { useSheet } from './use-sheet';

const stepBack = (): Promise<void> =>
  act(() => new Promise<void>((resolve) => window.addEventListener('popstate', () => resolve(), { once: true })));

test('a panel that is closed twice takes one step back, and the next one can be closed again', async () => {
  window.history.pushState({ page: 'room' }, '', '/room/BCD234');
  const { result } = renderHook(() => useSheet());
  const back = jest.spyOn(window.history, 'back');
  for (const times of [1, 2]) {
    act(() => result.current.open('song'));
    expect([result.current.sheet, window.history.state]).toEqual(['song', { sheet: true }]);
    act(() => {
      result.current.close();
      result.current.close();
    });
    await stepBack();
    expect(back).toHaveBeenCalledTimes(times);
    expect([result.current.sheet, window.history.state]).toEqual([null, { page: 'room' }]);
  }
});
