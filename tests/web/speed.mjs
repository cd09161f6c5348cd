// SPDX-License-Identifier: LGPL-2.1-or-later
// How fast the interface is where there are very many channels: the first page, scrolling through all of them, and what is
// asked when all are chosen or one goes.
//
// Usage: speed.mjs WEB-FOLDER BASE-URL CHANNELS
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [webFolder, base, channels] = process.argv.slice(2);
const { chromium } = createRequire(join(webFolder, 'package.json'))('playwright-core');

const kMostRows = 100; // in the document, of a screen of 20
const kMostPayload = 200_000; // bytes of one answer of the API
const kScrollMs = 4000;
const kTotal = Number(channels).toLocaleString('en');

/** Scrolls evenly through the whole table; gives the time between pictures, in milliseconds. */
async function scroll(page) {
  return page.evaluate((duration) => {
    const table = document.querySelector('[role=table]');
    const frames = [];
    return new Promise((done) => {
      const begin = performance.now();
      let last = begin;
      const step = (now) => {
        frames.push(now - last);
        last = now;
        const part = Math.min(1, (now - begin) / duration);
        table.scrollTop = part * (table.scrollHeight - table.clientHeight);
        if (part < 1) requestAnimationFrame(step);
        else done(frames.slice(1));
      };
      requestAnimationFrame(step);
    });
  }, kScrollMs);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  let largest = 0;
  page.on('response', async (answer) => {
    if (answer.url().includes('/api/')) largest = Math.max(largest, (await answer.body().catch(() => '')).length);
  });

  const began = performance.now();
  await page.goto(base);
  await page.getByRole('button', { name: 'Create and begin' }).waitFor();
  console.log(`first page: can be used after ${Math.round(performance.now() - began)} ms`);

  await page.getByText('Not now').click();
  await page.getByRole('link', { name: 'Channels' }).click();
  await page.getByText(`${kTotal} channels`).waitFor();
  await page.getByRole('link', { name: 'Channel 1', exact: true }).waitFor();
  const frames = await scroll(page);
  await page.getByRole('link', { name: `Channel ${channels}`, exact: true }).waitFor();
  const rows = await page.getByRole('row').count();
  const sorted = frames.toSorted((a, b) => a - b);
  const mean = frames.reduce((sum, one) => sum + one, 0) / frames.length;
  console.log(
    `scrolling through ${kTotal} channels: ${(1000 / mean).toFixed(1)} pictures a second, ` +
      `99 % within ${sorted[Math.floor(0.99 * sorted.length)].toFixed(0)} ms, ${rows} rows in the document`,
  );
  await page.getByRole('checkbox', { name: `Choose all ${kTotal} channels` }).press('Space');
  await page.getByText(`${kTotal} chosen`).waitFor();
  await page.getByRole('checkbox', { name: 'Choose none' }).press('Space');
  await page.getByLabel('Find a channel').fill(`Channel ${channels}`);
  await page.getByText('1 channel', { exact: true }).waitFor();
  await page.getByRole('link', { name: `Channel ${channels}`, exact: true }).click();
  await page.getByRole('button', { name: 'Delete channel' }).click();
  await page.getByText(`${(channels - 1).toLocaleString('en')} channels`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { level: 1, name: `Channel ${channels}` }).waitFor();
  console.log(`largest answer of the API: ${largest} bytes`);
  assert.ok(rows < kMostRows, `${rows} rows`);
  assert.ok(largest > 0 && largest < kMostPayload, `${largest} bytes`);
} finally {
  await browser.close();
}
