import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from '@playwright/test';
import type { Deployment } from '@/testing/deployments/deployment';
import { requireChromium } from '@/scripts/chromium';
import { gather } from '@/bench/party';
import type { Measurement } from '@/bench/row';

const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** Bytes of JavaScript, compressed, that a page loads until nothing more comes. */
async function scriptBytes(browser: Browser, url: string, cookie: string | undefined): Promise<number> {
  const context = await browser.newContext(cookie === undefined ? {} : { extraHTTPHeaders: { cookie } });
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then((body) => gzipSync(body).byteLength));
  });
  // A room's stream never ends, so the page is never idle: what it loads by itself is there when it has loaded.
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForLoadState('domcontentloaded');
  await page.locator('main').first().waitFor({ state: 'attached' });
  const sizes = await Promise.all(scripts);
  await context.close();
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a guest's phone loads before anybody touches it. */
export async function measurePageWeight(deployment: Deployment, baseline: string): Promise<Measurement> {
  const [url = ''] = deployment.urls;
  const party = await gather(deployment, 'page-weight', 2);
  const [guest] = party.guests;
  const browser = await chromium.launch({ executablePath: requireChromium(), args });
  try {
    const empty = await scriptBytes(browser, `${baseline}/`, undefined);
    const room = await scriptBytes(browser, `${url}/room/${party.code}`, guest?.headers['cookie']);
    const kib = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} KiB`;
    return {
      rows: [
        {
          what: 'JavaScript that a guest loads for the room before the first touch, gzip',
          measured: kib(room),
          baseline: `${kib(empty)} an empty Next page`,
          ratio: `+${kib(room - empty)}`,
          bar: '≤ +60 KB',
          holds: room - empty <= 60_000,
        },
      ],
    };
  } finally {
    await browser.close();
  }
}
