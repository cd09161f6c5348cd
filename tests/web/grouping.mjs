// SPDX-License-Identifier: LGPL-2.1-or-later
// Somebody decides which streams are one channel: reviews, merges, splits; changes many channels at once, and their order.
//
// Usage: grouping.mjs WEB-FOLDER BASE-URL SCREENSHOT-FOLDER
import assert from 'node:assert/strict';
import { Walk, drag, handleOf, heading, logIn, middleOf, speakSpanish, until } from './browser.mjs';

const [webFolder, base, screenshots] = process.argv.slice(2);

const gone = (locator) => locator.waitFor({ state: 'detached' });
const count = (page, n) => page.getByText(`${n} channels`, { exact: true }).waitFor();
const streamsOf = (page) => page.locator('ol li').evaluateAll((rows) => rows.map((row) => row.innerText.split('\n').filter(Boolean)[1]));

async function reviewDoubtful(page, walk) {
  await page.getByRole('link', { name: 'Channels' }).click();
  await count(page, 7);
  await page.getByRole('link', { name: /^Review ?2$/ }).click();
  await heading(page, 'Review channels').waitFor();
  const music = page.getByRole('article', { name: 'MTV' });
  await music.getByText(/85 % sure: the same name, but the country is not told/).waitFor();
  await music.getByRole('button', { name: 'They belong together' }).press('Enter');
  await page.getByText('1 channel stays as it is').waitFor();
  await gone(music);
  const dave = page.getByRole('article', { name: 'Dave' });
  await dave.getByText(/88 % sure: the same tvg-id · Two · All/).waitFor();
  assert.equal(await dave.getByRole('checkbox', { name: 'Dave Channel One' }).isChecked(), true);
  await dave.getByRole('checkbox', { name: 'Dave', exact: true }).press('Space');
  await dave.getByText('One stream has to stay').waitFor();
  await dave.getByRole('checkbox', { name: 'Dave', exact: true }).press('Space');
  await dave.getByRole('button', { name: 'Split 1 off…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('No.').fill('seventy');
  await page.keyboard.press('Enter');
  await dialog.getByText('It is written as 5 or 5.1').waitFor();
  walk.forgive(400);
  await dialog.getByLabel('No.').fill('77');
  await walk.look(page, 'split-off');
  await page.keyboard.press('Enter');
  await page.getByText('Dave Channel One is a channel of its own').waitFor();
  await page.getByText('There is nothing to decide').waitFor();
}

async function reviewTwins(page, walk) {
  await page.getByRole('tab', { name: 'Alike, but apart' }).click();
  const euro = page.getByRole('article', { name: 'Eurosport, Eurosport 1' });
  await euro.getByText('85 % alike: the same name · only one tells the number: 1').waitFor();
  await euro.getByRole('button', { name: 'Keep apart' }).click();
  await page.getByText('Eurosport and Eurosport 1 stay apart').waitFor();
  await gone(euro);
  const sport = page.getByRole('article', { name: /UK: Sport/ });
  await sport.getByRole('button', { name: 'Merge…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /· UK: Sport/ }).check();
  const outcome = dialog.getByRole('region', { name: 'What becomes of it' }).getByRole('listitem');
  assert.deepEqual((await outcome.allInnerTexts()).map((text) => text.split(' · ')[0]), ['UK: Sport', 'Sport']);
  await walk.look(page, 'merge');
  await dialog.getByRole('button', { name: 'Merge 2 channels' }).click();
  await page.getByText('2 channels are now UK: Sport').waitFor();
  await page.getByText('no two channels look alike').waitFor(); // the other one is of another country
  await gone(dialog);
}

async function splitAgain(page) {
  await page.getByRole('link', { name: 'Channels' }).click();
  await page.getByRole('link', { name: 'UK: Sport', exact: true }).click();
  await heading(page, 'UK: Sport').waitFor();
  await page.getByRole('checkbox', { name: 'Choose Sport' }).press('Space');
  await page.getByRole('button', { name: 'Split off…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Split off' }).click();
  await page.getByText('Sport is a channel of its own').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('ol li').length === 1);
  assert.deepEqual(await streamsOf(page), ['UK: Sport']);
}

async function mergeChosen(page) {
  await page.getByRole('link', { name: 'Channels' }).click();
  await count(page, 8);
  for (const name of ['Eurosport', 'Eurosport 1']) await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).press('Space');
  await page.getByRole('button', { name: 'Merge…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Merge 2 channels' }).click();
  await count(page, 7);
}

/** All that fit, whoever of them is in sight. */
async function changeAll(page, walk) {
  await page.getByLabel('Find a channel').fill('dave');
  await count(page, 2);
  await page.getByRole('checkbox', { name: 'Choose all 2 channels' }).press('Space');
  await page.getByText('2 chosen').waitFor();
  await walk.look(page, 'channels-all-chosen');
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  await page.getByLabel('Group of all of them').fill('Comedy');
  await page.keyboard.press('Enter');
  await page.getByText('2 channels changed').waitFor();
  await page.getByRole('checkbox', { name: 'Choose all 2 channels' }).press('Space');
  await page.getByRole('checkbox', { name: 'Choose none' }).press('Space');
  await gone(page.getByText('2 chosen'));
  await page.getByRole('checkbox', { name: 'Choose all 2 channels' }).press('Space');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('No channel fits').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await count(page, 2);
  await page.getByLabel('Find a channel').fill('');
  await count(page, 7);
}

async function deleteOne(page) {
  await page.getByRole('link', { name: 'DE: Sport', exact: true }).click();
  await page.getByRole('button', { name: 'Delete channel' }).click();
  await count(page, 6);
  await page.getByRole('button', { name: 'Undo' }).click();
  await heading(page, 'DE: Sport').waitFor();
  await page.getByRole('button', { name: 'Delete channel' }).click();
  await gone(page.getByRole('link', { name: 'DE: Sport', exact: true }));
  await page.getByRole('link', { name: 'UK: Sport', exact: true }).waitFor();
  await until(page, async () => (await (await fetch('/api/v1/channels')).json()).total === 6);
  await count(page, 6);
  await gone(page.getByRole('link', { name: 'DE: Sport', exact: true }));
}

const isNewChannel = (request) => request.method() === 'POST' && request.url().endsWith('/api/v1/channels');
const total = async () => (await (await fetch(`${base}/api/v1/channels`)).json()).total;

async function beginChannelEach(page, streams) {
  for (const name of streams) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await page.getByRole('button', { name: 'New channel' }).click();
  await page.getByRole('dialog').getByText('One channel each').click();
}

/** Of many streams a channel each: what is made is not made again, and nobody goes on unseen. */
async function makeMany(page, walk) {
  const before = await total();
  await page.goto(`${base}/ui/streams`);
  await beginChannelEach(page, ['MTV', 'Eurosport', 'Eurosport 1']);
  const create = page.getByRole('dialog').getByRole('button', { name: 'Create' });
  let asked = 0;
  await page.route('**/api/v1/channels', (route) => {
    const fails = isNewChannel(route.request()) && ++asked === 2;
    return fails ? route.fulfill({ status: 503, json: { error: { code: 'busy', message: 'busy' } } }) : route.continue();
  });
  await create.click();
  await page.getByRole('alert').getByText('The database is busy').waitFor();
  walk.forgive(503);
  await page.getByText('2 selected').waitFor();
  assert.equal(await total(), before + 1);
  await create.click();
  await page.getByText('2 channels are made').waitFor();
  assert.equal(await total(), before + 3);
  await page.unroute('**/api/v1/channels');

  const held = new Promise((reached) => page.route('**/api/v1/channels', reached, { times: 1 }));
  await beginChannelEach(page, ['MTV', 'Eurosport', 'Eurosport 1']);
  await create.click();
  const first = await held;
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
  await first.continue();
  await page.getByText('2 selected').waitFor();
  assert.equal(await total(), before + 4);
}

const kNames = '[role=table] a[href*="/channels/"]';
const namesOf = (page) => page.locator(kNames).allInnerTexts();

/** As it is shown, and as the daemon says it. */
async function becomes(page, wanted) {
  await page.waitForFunction(([names, all]) => [...document.querySelectorAll(all)].map((one) => one.textContent).join() === names, [wanted.join(), kNames]);
  const names = JSON.stringify(wanted.join());
  await until(page, `fetch('/api/v1/channels').then((answer) => answer.json()).then(({ items }) => items.map(({ name }) => name).join() === ${names})`);
  assert.deepEqual(await namesOf(page), wanted);
}

async function reorder(page, walk) {
  await page.waitForFunction((all) => document.querySelectorAll(all).length === 6, kNames); // they come anew once one has really gone
  const before = await namesOf(page);
  const [a, b, c, d, ...rest] = before;
  const told = page.getByRole('alert').filter({ hasText: `${d} has number` });
  const undo = told.getByRole('button', { name: 'Undo' });

  await drag(page, d, a, true);
  await walk.look(page, 'channels-dragged');
  await page.mouse.up();
  await becomes(page, [a, d, b, c, ...rest]);
  await told.getByText('The numbers of 2 other channels are one higher.').waitFor();
  await undo.click();
  await becomes(page, before);
  await drag(page, d, a, false);
  await page.mouse.up();
  await becomes(page, [d, a, b, c, ...rest]);
  await page.reload();
  await becomes(page, [d, a, b, c, ...rest]);
  await drag(page, d, c, true);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await becomes(page, [d, a, b, c, ...rest]);

  await page.getByRole('button', { name: `Move ${d} down` }).press('Enter');
  await becomes(page, [a, d, b, c, ...rest]);
  await page.keyboard.press('Enter'); // the focus went with it
  await page.keyboard.press('Enter');
  await becomes(page, [a, b, c, d, ...rest]);
  await page.waitForFunction(() => document.querySelectorAll('[role=alert]').length === 1);
  await undo.click();
  await becomes(page, [a, b, d, c, ...rest]);

  await page.getByLabel('Find a channel').fill(a);
  await page.locator('[data-locked]').first().waitFor();
  assert.ok(await page.getByTitle('Take the search away to put channels in another order').first().isVisible());
  assert.ok(await page.getByRole('button', { name: `Move ${a} down` }).isDisabled());
  await page.getByLabel('Find a channel').fill('');
  await becomes(page, [a, b, d, c, ...rest]);
}

/** With a finger, on a screen of two rows: the table scrolls, and then the page. */
async function reorderByTouch(page) {
  const size = page.viewportSize();
  const [first, ...others] = await namesOf(page);
  const unnumbered = others.pop(); // stays the last
  await gone(page.getByRole('alert')); // it would be over the rows
  await page.setViewportSize({ width: 390, height: 480 });
  await gone(page.getByRole('columnheader', { name: 'Made' }));
  const touch = await page.context().newCDPSession(page);
  const send = (type, ...touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const from = await middleOf(handleOf(page, first));
  await send('touchStart', from);
  await send('touchMove', { x: from.x, y: 470 });
  await page.waitForFunction(() => {
    const table = document.querySelector('[role=table]');
    return table.scrollTop > 0 && table.lastElementChild.getBoundingClientRect().bottom < 480;
  });
  await send('touchEnd');
  await page.setViewportSize(size);
  await becomes(page, [...others, first, unnumbered]);
}

async function inSpanish(page, walk) {
  await speakSpanish(page);
  await page.getByRole('article', { name: 'MTV' }).getByText(/85 % de certeza: el mismo nombre, pero no se dice el país/).waitFor();
  await walk.look(page, 'review-spanish');
  await page.getByRole('button', { name: 'Idioma' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await logIn(page, base, 'ann');
  await walk.tour(page, {
    twins: ['/channels/review/twins', 'Review channels'],
    review: ['/channels/review', 'Review channels'],
  });
  await inSpanish(page, walk);
  await reviewDoubtful(page, walk);
  await reviewTwins(page, walk);
  await splitAgain(page);
  await mergeChosen(page);
  await changeAll(page, walk);
  await deleteOne(page);
  await reorder(page, walk);
  await reorderByTouch(page);
  await makeMany(page, walk);
});
