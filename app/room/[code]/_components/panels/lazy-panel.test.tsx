import type { ComponentType } from 'react';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { lazyPanel, preloadPanels } from './lazy-panel';

interface Props {
  readonly word: string;
  readonly onClose: () => void;
}

let page: RoomPage;
let load: jest.Mock<Promise<ComponentType<Props>>, []>;
beforeEach(() => {
  page = new RoomPage();
  load = jest.fn();
});
afterEach(() => page.close());

const Words = ({ word }: Props) => <p>{word}</p>;
const onClose = jest.fn();

async function open(): Promise<void> {
  const Panel = lazyPanel(load);
  await page.show(
    makeView(),
    <>
      <h1>The room</h1>
      <Panel word="The panel" onClose={onClose} />
    </>,
  );
}

test('a panel whose code cannot be had leaves the room, says so, and can be tried again', async () => {
  load.mockRejectedValue(new Error('no connection'));
  await open();
  expect(page.text).toContain('The room');
  expect(page.text).toContain('This needs a connection.');
  await page.press('Try again');
  expect(page.text).toContain('This needs a connection.');
  load.mockResolvedValue(Words);
  await page.press('Try again');
  expect(load).toHaveBeenCalledTimes(3);
  expect(page.text).toContain('The panel');
  expect(page.text).not.toContain('This needs a connection.');
});

test('SC11 a panel whose code is on its way says so', async () => {
  let arrive: (panel: ComponentType<Props>) => void = () => undefined;
  load.mockReturnValue(new Promise((resolve) => (arrive = resolve)));
  await open();
  expect(page.text).toContain('Opening…');
  await page.do(() => arrive(Words));
  expect(page.text).toContain('The panel');
  expect(page.text).not.toContain('Opening…');
});

test('it tries again by itself when the device is online, and can be closed', async () => {
  load.mockRejectedValueOnce(new Error('no connection'));
  load.mockResolvedValue(Words);
  await open();
  await page.press('Close');
  expect(onClose).toHaveBeenCalledTimes(1);
  await page.do(() => void window.dispatchEvent(new Event('online')));
  expect(page.text).toContain('The panel');
});

test('what breaks inside a panel stays there', async () => {
  // React says of every error that was caught where it was.
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  let breaks = true;
  load.mockResolvedValue((props) => {
    if (breaks) throw new Error('broken');
    return <Words {...props} />;
  });
  await open();
  expect(page.text).toContain('The roomThat did not work.');
  breaks = false;
  await page.press('Try again');
  expect(page.text).toContain('The panel');
  said.mockRestore();
});

test('code that was had before is shown at once, and had only once', async () => {
  load.mockResolvedValue(Words);
  const Panel = lazyPanel(load);
  await preloadPanels();
  await page.show(makeView(), <Panel word="The panel" onClose={onClose} />);
  expect(page.text).toContain('The panel');
  expect(load).toHaveBeenCalledTimes(1);
});
