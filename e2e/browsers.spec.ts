import type { Page } from '@playwright/test';
import { startRoom } from './fixtures/steps';
import { appUrl, expect, test } from './fixtures/test';

const tooOld = /^This browser is too old for Roomtone/;
const blocked = /^Roomtone needs JavaScript/;

/** What browsers below the floor do not understand, each for its own reason. */
const unknown: readonly (readonly [browser: string, known: RegExp, read: string])[] = [
  ['Chrome 110', /color-mix\(in oklab, ?red, ?red\)/, 'unknown()'],
  ['Safari 16.3', /1lh/, '1unknown'],
  ['Firefox 127', /-moz-orient: ?inline/, 'display:block'],
];

/** Has the page's stylesheets read as a browser does that does not know something in the rule. */
async function misread(page: Page, known: RegExp, read: string): Promise<void> {
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch();
    const css = (await response.text()).replace(/@supports[^{]*\{\.too-old/g, (rule) =>
      // Firefox of that age cannot take a colour apart; this browser can.
      rule.replace(known, read).replace(known.source.includes('moz') ? /rgb\(from[^)]*\)/ : /$^/, 'unknown()'),
    );
    await route.fulfill({ response, body: css });
  });
}

test('SC10 every page says to browsers below the floor, and where scripts are blocked, why it stands still', async ({
  host,
  browser,
}) => {
  const code = await startRoom(host);
  await expect(host.page.getByText(tooOld)).toBeHidden();
  const context = await browser.newContext({ baseURL: appUrl(), javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ['/', `/room/${code}`, `/room/${code}/display`, '/privacy', '/nowhere']) {
    await page.goto(path);
    await expect(page.getByText(blocked)).toBeInViewport();
    await expect(page.getByText(tooOld)).toBeHidden();
  }
  for (const [name, known, read] of unknown) {
    const old = await context.newPage();
    await misread(old, known, read);
    await old.goto(`/room/${code}`);
    await expect(old.getByText(tooOld), name).toBeInViewport();
    await old.close();
  }
  await context.close();
});
