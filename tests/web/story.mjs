// SPDX-License-Identifier: LGPL-2.1-or-later
// The story of somebody who sets Relevo up in his browser, watches a channel, and sees why it went on when its source died.
//
// Usage: story.mjs WEB-FOLDER BASE-URL PROVIDER-URL SCREENSHOT-FOLDER     (WEB-FOLDER has node_modules)
import assert from 'node:assert/strict';
import { Walk, heading, kPassword, speakSpanish, until } from './browser.mjs';

const [webFolder, base, provider, screenshots] = process.argv.slice(2);

const kName = 'ann';
const kDeadlineMs = 60_000;

async function setUp(page, walk) {
  await page.goto(base);
  await heading(page, 'Welcome to Relevo').waitFor();
  await walk.look(page, 'set-up');
  await page.getByLabel('Name').fill(kName);
  await page.getByLabel('Password', { exact: false }).nth(0).fill(kPassword);
  await page.getByLabel('Password, once more').fill('something else');
  await page.getByRole('button', { name: 'Create and begin' }).click();
  await page.getByText('The two passwords are different').waitFor();
  await page.getByLabel('Password, once more').fill(kPassword);
  await page.keyboard.press('Enter');
  await heading(page, 'Home').waitFor();
}

async function addAccount(page, walk) {
  await page.getByRole('link', { name: 'Add account' }).click();
  await page.getByLabel('Address').fill(`${provider}/get.php?username=joe&password=secret&type=m3u_plus`);
  await page.getByRole('button', { name: 'Use it as a panel' }).click();
  await page.getByLabel('Name').fill('Panel');
  await walk.look(page, 'account-new');
  await page.getByRole('button', { name: 'Read the list' }).click();
  await page.getByText(/entries in the list/).waitFor();
  await page.getByRole('button', { name: 'Choose groups' }).click();
  await page.getByRole('button', { name: 'All shown' }).click();
  await walk.look(page, 'account-groups');
  await page.getByRole('button', { name: 'Make channels' }).click();
  await page.getByText('3 channels were made').waitFor();
  await walk.look(page, 'account-done');
  await page.getByRole('link', { name: 'To the channels' }).click();
  await page.getByText('3 channels', { exact: true }).waitFor();
  const logos = page.locator('img[src*="/logo?"]');
  await logos.nth(2).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('img[src*="/logo?"]')].every((logo) => logo.naturalWidth > 0));
}

/** By keyboard where that is said. */
async function makeChannel(page, walk, streams) {
  await page.getByRole('button', { name: 'New channel' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('News 24');
  await page.getByRole('dialog').getByLabel('No.').fill('100');
  await page.keyboard.press('Enter');
  await heading(page, 'News 24').waitFor();
  for (const stream of streams) {
    await page.getByLabel('Add a stream').fill(stream);
    await page.getByRole('option', { name: stream }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Take ${stream} out` }).waitFor();
  }
  const order = () => page.locator('ol li').allInnerTexts().then((rows) => rows.map((row) => row.split('\n').filter(Boolean)[1]));
  assert.deepEqual(await order(), streams);
  await page.getByRole('button', { name: `Move ${streams[2]} up` }).press('Enter');
  await page.waitForFunction((first) => document.querySelectorAll('ol li')[1].innerText.includes(first), streams[2]);
  await page.getByRole('button', { name: `Move ${streams[2]} down` }).press('Enter');
  await page.waitForFunction((first) => document.querySelectorAll('ol li')[2].innerText.includes(first), streams[2]);
  await page.getByRole('button', { name: `Take ${streams[1]} out` }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('ol li').length === 3);
  assert.deepEqual(await order(), streams);
  await walk.lookEachWay(page, 'channel');
}

/** In the table, one and many. */
async function changeChannels(page, walk) {
  await page.goto(`${base}/ui/channels`);
  await page.getByRole('button', { name: 'Change the name of east' }).press('Enter');
  await page.keyboard.type('Eastern');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Eastern', exact: true }).waitFor();
  const inFocus = (name) => page.waitForFunction((label) => document.activeElement.ariaLabel === label, name);
  await inFocus('Change the name of Eastern');
  await page.getByRole('button', { name: 'Change the number of Eastern' }).press('Enter');
  await page.keyboard.type('seven');
  await page.keyboard.press('Enter');
  await page.getByText('It is written as 5 or 5.1').waitFor();
  walk.forgive(400);
  assert.equal(await page.getByRole('textbox', { name: 'Change the number of Eastern' }).inputValue(), 'seven');
  await page.keyboard.press('Escape');
  await inFocus('Change the number of Eastern');
  await page.getByLabel('Choose Eastern').check();
  await page.getByLabel('Choose north').check();
  await walk.look(page, 'channels-chosen');
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await page.getByText('2 channels changed').waitFor();
  await page.getByText('Hidden', { exact: true }).click();
  await page.getByText('2 channels', { exact: true }).waitFor();
  await page.getByText('All', { exact: true }).click();
  await page.getByLabel('Choose south').check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByLabel('Choose south').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByLabel('Choose south').waitFor();
}

/** Counts, in the page, for how long the picture stood still. */
async function watchPicture(page) {
  await page.evaluate(() => {
    const seen = { at: performance.now(), time: 0, longest: 0 };
    window.picture = seen;
    clearInterval(window.pictureTimer);
    window.pictureTimer = setInterval(() => {
      const video = document.querySelector('video');
      if (!video) return clearInterval(window.pictureTimer);
      const { currentTime } = video;
      const now = performance.now();
      if (currentTime !== seen.time) Object.assign(seen, { at: now, time: currentTime });
      else seen.longest = Math.max(seen.longest, now - seen.at);
    }, 50);
  });
}

const pictureTime = (page) => page.evaluate(() => document.querySelector('video').currentTime);

async function playsOn(page, seconds) {
  const from = await pictureTime(page);
  await page.waitForFunction((until) => document.querySelector('video').currentTime >= until, from + seconds, { timeout: kDeadlineMs });
}

const sourceOnAir = (page) =>
  page
    .getByRole('region', { name: 'Sources' })
    .locator('li[data-current]')
    .innerText()
    .then((text) => text.split(' ')[0]);

/** The source dies; the picture goes on, from another one. */
async function surviveDeath(page, kind) {
  await playsOn(page, 2);
  await page.locator('li[data-current]').waitFor();
  const source = await sourceOnAir(page);
  await watchPicture(page);
  await fetch(`${provider}/control/channel/${source}?fault=close`);
  await page.waitForFunction(
    (before) => {
      const now = document.querySelector('li[data-current]')?.innerText;
      return now && !now.startsWith(before);
    },
    source,
    { timeout: kDeadlineMs },
  );
  await playsOn(page, 5);
  const { longest } = await page.evaluate(() => window.picture);
  console.log(`${kind}: the picture stood still for ${Math.round(longest)} ms at most while ${source} died`);
  await fetch(`${provider}/control/channel/${source}`);
  return source;
}

async function watch(page, walk) {
  await page.getByRole('link', { name: 'Watch' }).click();
  await page.locator('video').waitFor();
  const dead = await surviveDeath(page, 'MPEG-TS');
  await page.getByText(`from ${dead}`).first().waitFor();
  await walk.lookEachWay(page, 'watch');
  const before = await page.evaluate(() => document.querySelector('video').currentSrc);
  await page.getByText('HLS', { exact: true }).click();
  await page.waitForFunction(
    (old) => {
      const { currentSrc, currentTime } = document.querySelector('video');
      return currentSrc !== old && currentTime > 0;
    },
    before,
    { timeout: kDeadlineMs },
  );
  const last = await surviveDeath(page, 'HLS');
  await page.getByRole('button', { name: 'Next source' }).click();
  await page.getByText('somebody wished it').first().waitFor();
  return last;
}

/** When nothing plays any more: what was measured of the streams, and which failed and why. */
async function seeWhatIsKept(page, walk, dead) {
  await page.goto(`${base}/ui/channels`);
  await until(page, async () => (await (await fetch('/api/v1/sessions')).json()).length === 0);
  await page.getByRole('link', { name: 'News 24', exact: true }).click();
  const stream = page.locator('ol li').filter({ hasText: dead });
  await stream.getByText(/^penalty \d/).waitFor();
  await stream.getByText(/^failed .* ago: it ended$/).waitFor();
  await stream.getByText(/^\d+p\d+ · H\.264 · .*bit\/s · measured .* ago$/).waitFor();
  await walk.lookEachWay(page, 'channel-past');
  await page.goto(`${base}/ui`);
}

/** Home tells how much came and went while the channel played. */
async function seeFigures(page) {
  await page.getByRole('link', { name: 'Home' }).click();
  const moved = /From providers, 1 hour: now .*, most [1-9].* [Mk]bit\/s\. To viewers, 1 hour: now .*, most [1-9].* [Mk]bit\/s\./;
  const chart = page.getByRole('img', { name: moved });
  await chart.hover();
  await page.getByRole('region', { name: 'Health' }).getByText(/^\d\d:\d\d:\d\d$/).waitFor();
  const drawn = await chart.locator('canvas').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const orange = ([red, green, blue]) => red > 200 && green < 140 && blue < 80; // of the line to viewers
    return data.some((_, i) => i % 4 === 0 && data[i + 3] > 200 && orange(data.slice(i, i + 3)));
  });
  assert.ok(drawn, 'the chart shows no line');
  await page.getByText('7 days', { exact: true }).click();
  await page.getByRole('img', { name: /^Processor, 7 days: now [\d.]+ %, mean/ }).waitFor();
}

async function findOutWhy(page, walk) {
  await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'Time line' }).click();
  const line = page.getByRole('listitem').filter({ hasText: /switched to .*the one before failed/ }).first();
  await line.getByRole('button', { name: 'Evidence' }).click();
  await line.getByRole('definition').filter({ hasText: /^the one before failed$/ }).waitFor();
  await walk.look(page, 'timeline-evidence');
}

async function chooseSpanish(page, walk) {
  await speakSpanish(page);
  await page.getByRole('link', { name: 'Canales' }).click();
  await heading(page, 'Canales').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'es');
  await page.getByRole('link', { name: 'Cronología' }).click();
  const lines = page.getByRole('main').getByRole('listitem');
  await lines.filter({ hasText: /se cambió a .* desde .*: la anterior falló, (sin hueco|hueco de)/ }).first().waitFor();
  await lines.filter({ hasText: 'abierto: alguien quiere verlo' }).first().waitFor();
  const english = /opened|closed|trying|switched|watches| left |failed|refreshed|was added|started/;
  assert.deepEqual((await lines.allInnerTexts()).filter((line) => english.test(line)), []);
  await walk.look(page, 'timeline-spanish');
  await page.getByRole('button', { name: 'Idioma' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
}

async function logOutAndIn(page, walk) {
  await page.getByRole('button', { name: 'User' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(kName);
  await page.getByLabel('Password').fill('wrong horse');
  await page.keyboard.press('Enter');
  await page.getByText('name or password is wrong').waitFor();
  walk.forgive(401);
  await walk.look(page, 'login');
  await page.getByLabel('Password').fill(kPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Home' }).waitFor();
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await setUp(page, walk);
  await walk.look(page, 'home-empty');
  await addAccount(page, walk);
  await makeChannel(page, walk, ['north', 'east', 'south']);
  const dead = await watch(page, walk);
  await seeFigures(page);
  await seeWhatIsKept(page, walk, dead);
  await findOutWhy(page, walk);
  await changeChannels(page, walk);
  await chooseSpanish(page, walk);
  await logOutAndIn(page, walk);
  await walk.tour(page, {
    home: ['', 'Home'],
    channels: ['/channels', 'Channels'],
    sessions: ['/sessions', 'Sessions'],
    timeline: ['/timeline', 'Time line'],
    accounts: ['/accounts', 'Accounts'],
    account: ['/accounts/1', 'Panel'],
  });
});
