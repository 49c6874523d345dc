import type { SpotifyRight } from '@/lib/shared/contract/spotify';
import { RoomPage } from '@/testing/people/room-page';
import { makeView } from '@/testing/people/room-view';
import { GrantPrompt } from '@/app/room/[code]/_components/spotify/grant-prompt';
import { useSheetAfterLogin } from './sheet-after-login';

const open = jest.fn();
let page: RoomPage;
beforeEach(() => {
  open.mockReset();
  sessionStorage.clear();
});

function Back({ outcome }: { readonly outcome: string | undefined }) {
  useSheetAfterLogin(outcome, open);
  return null;
}

async function ask(right: SpotifyRight): Promise<void> {
  page = new RoomPage();
  await page.show(makeView(), <GrantPrompt right={right} />);
  const link = page.find('link', 'Ask Spotify');
  // jsdom goes nowhere.
  link?.addEventListener('click', (event) => event.preventDefault());
  await page.do(() => link?.click());
  await page.close();
}

async function comeBack(outcome: string | undefined): Promise<void> {
  page = new RoomPage();
  await page.show(makeView(), <Back outcome={outcome} />);
  await page.close();
}

test.each([
  ['playlists', 'settings'],
  ['saving', 'history'],
] as const)(
  'HT5 back from Spotify with the right for %s, the panel that asked is open again, once',
  async (right, sheet) => {
    await ask(right);
    await comeBack('connected');
    await comeBack('connected');
    expect(open.mock.calls).toEqual([[sheet]]);
  },
);

test('HT5 after any other answer, and without having asked, no panel is opened', async () => {
  await comeBack('connected');
  await ask('saving');
  await comeBack('denied');
  await comeBack('connected');
  expect(open).not.toHaveBeenCalled();
});
