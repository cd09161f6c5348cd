// SPDX-License-Identifier: LGPL-2.1-or-later
// Somebody looks through streams, guides and profiles, and makes something of them.
//
// Usage: catalogue.mjs WEB-FOLDER BASE-URL SCREENSHOT-FOLDER
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Walk, drag, heading, logIn, until } from './browser.mjs';

const [webFolder, base, screenshots] = process.argv.slice(2);

const kPicture = /^720p25 H\.264$/; // of what the provider plays

const gone = (locator) => locator.waitFor({ state: 'detached' });
async function findStreams(page, walk) {
  await page.getByRole('link', { name: 'Streams' }).click();
  await page.getByText('4 streams', { exact: true }).waitFor();
  await page.getByLabel('Find a stream by its name').fill('th');
  await page.getByText('2 streams', { exact: true }).waitFor();
  assert.match(page.url(), /\?q=th/);
  await page.getByRole('link', { name: 'Streams' }).click();
  await page.getByText('4 streams', { exact: true }).waitFor();
  assert.equal(await page.getByLabel('Find a stream by its name').inputValue(), '');
  await page.getByRole('textbox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'No longer in its list' }).click();
  await page.getByText('No stream fits').waitFor();
  await page.getByRole('button', { name: 'Take all filters away' }).click();
  await page.getByText('4 streams', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Facts about north' }).press('Enter');
  const facts = page.getByRole('dialog');
  await facts.getByRole('link', { name: '1 · North' }).waitFor();
  await walk.look(page, 'streams-facts');
  await facts.getByRole('button', { name: 'Close' }).click();
  await gone(facts);
}

async function playStream(page, walk) {
  await page.getByRole('button', { name: 'Play west' }).click();
  await page.waitForFunction(() => document.querySelector('video')?.currentTime > 6);
  await page.getByText(/west/).first().waitFor();
  await walk.look(page, 'streams-play');
  const beside = await page.context().newPage();
  await beside.goto(`${base}/ui/sessions`);
  const session = beside.getByRole('article', { name: 'west' });
  await session.getByRole('button', { name: 'Stop' }).waitFor();
  assert.equal(await session.getByRole('link').count(), 0); // it is no channel
  await beside.close();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await gone(page.getByRole('dialog'));
}

/** What was measured while it played is known from then on. */
async function findMeasured(page, walk) {
  await until(page, async () => (await (await fetch('/api/v1/sessions')).json()).length === 0);
  await page.reload();
  const west = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Facts about west' }) });
  await west.getByText(kPicture).waitFor();
  await page.getByRole('textbox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Measured', exact: true }).click();
  await page.getByText('1 stream', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Resolution' }).click();
  await page.getByRole('option', { name: '2160 lines or more' }).click();
  await page.getByText('No stream fits').waitFor();
  await page.getByRole('button', { name: 'Take all filters away' }).click();
  await page.getByRole('textbox', { name: 'Codec' }).click();
  await page.getByRole('option', { name: 'H.264' }).click();
  await page.getByText('1 stream', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Facts about west' }).click();
  const facts = page.getByRole('dialog');
  await facts.getByText(/H\.264 .*fps/).waitFor();
  await facts.getByText(/ago\)/).waitFor();
  await walk.look(page, 'streams-measured');
  await facts.getByRole('button', { name: 'Close' }).click();
  await gone(facts);
  await page.goto(`${base}/ui/streams`);
  await page.getByText('4 streams', { exact: true }).waitFor();
}

async function useStreams(page, walk) {
  await page.getByRole('checkbox', { name: 'Select east' }).press('Space');
  await page.getByRole('checkbox', { name: 'Select west' }).press('Space');
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Add to a channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Channel' }).fill('now');
  await page.getByRole('option', { name: '4 · Nowhere' }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('2 streams added to Nowhere').waitFor();
  await gone(dialog);
  for (const name of ['south', 'east']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('button', { name: 'New channel' }).click();
  await dialog.getByLabel('Name').fill('Round about');
  await dialog.getByLabel('Number', { exact: true }).fill('seven');
  await page.keyboard.press('Enter');
  await dialog.getByText('Number: It is written as 5 or 5.1').waitFor();
  walk.forgive(400);
  await dialog.getByLabel('Number', { exact: true }).fill('7');
  await walk.look(page, 'streams-new');
  await page.keyboard.press('Enter');
  await heading(page, 'Round about').waitFor();
  await page.getByRole('button', { name: 'Take east out' }).waitFor();
  await page.getByRole('link', { name: 'Streams' }).click();
  for (const name of ['south', 'east']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('button', { name: 'New channel' }).click();
  await dialog.getByText('One channel each').click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByText('2 channels are made').waitFor();
}

async function readGuide(page, walk) {
  await page.getByRole('link', { name: 'Guide' }).click();
  const grid = page.getByRole('grid');
  await grid.locator('[data-now]').first().waitFor();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /North today/);
  const part = await page.evaluate(() => Number(document.activeElement.dataset.start));
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => Number(document.activeElement.dataset.start)), part + 1800);
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog');
  await details.getByText('All about the North.').waitFor();
  await walk.look(page, 'guide-programme');
  await details.getByRole('button', { name: 'Close' }).click();
  await gone(details);
  await page.getByRole('button', { name: 'The day after' }).click();
  await gone(grid.locator('[data-now]').first());
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await grid.locator('[data-now]').first().waitFor();
  await page.getByLabel('Find a channel').fill('sout');
  await gone(grid.getByRole('rowheader', { name: /North/ }));
  await grid.getByRole('rowheader', { name: /South/ }).first().waitFor();
}

async function findProgrammes(page, walk) {
  const search = page.getByLabel('Find a channel');
  const found = page.getByRole('region', { name: 'Programmes' });
  await search.fill('nonsense');
  await found.getByText('None of those to come').waitFor();
  await page.getByText('No channel fits').waitFor();
  await search.fill('TH today');
  const now = found.getByRole('listitem').filter({ hasText: 'On now' });
  await now.filter({ hasText: 'North today' }).waitFor();
  assert.equal(await now.count(), 2);
  assert.match(await found.getByRole('link', { name: 'Watch South' }).getAttribute('href'), /\/watch\/\d+$/);
  await walk.lookEachWay(page, 'guide-found');
  await found.getByRole('button', { name: /^Show \d+ more$/ }).press('Enter');
  const last = found.getByRole('listitem').last();
  await last.scrollIntoViewIfNeeded();
  const [times] = (await last.innerText()).match(/\d\d:\d\d – \d\d:\d\d/);
  const [title, name] = (await last.innerText()).match(/(\w+) today/);
  await last.getByRole('button').press('Enter');
  const details = page.getByRole('dialog');
  await details.getByText(`All about the ${name}.`).waitFor();
  await walk.look(page, 'guide-found-programme');
  await details.getByRole('button', { name: 'Show in the guide' }).press('Enter');
  await gone(details);
  const grid = page.getByRole('grid');
  const shown = await grid.getByTitle(`${title}, ${times}`).boundingBox();
  const { width, height } = page.viewportSize();
  assert.ok(shown.x > 0 && shown.x < width && shown.y > 0 && shown.y < height, JSON.stringify(shown));
  for (const header of await grid.getByRole('rowheader').allInnerTexts()) assert.match(header, new RegExp(name, 'i'));
  assert.notEqual(await page.getByRole('textbox', { name: 'Day' }).inputValue(), 'Today');
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await grid.locator('[data-now]').first().waitFor();
  await search.fill('');
  await gone(found);
}

/** What is called otherwise is so in the guide, too. */
async function rename(page, from, to) {
  await page.getByRole('link', { name: 'Channels' }).click();
  await page.getByRole('button', { name: `Change the name of ${from}` }).press('Enter');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: to, exact: true }).waitFor();
  await page.getByRole('link', { name: 'Guide' }).click();
  await page.getByRole('rowheader', { name: new RegExp(to) }).waitFor({ timeout: 20_000 });
}

/** The last decision of the last page leads to the page before. */
async function leaveLastPage(page) {
  const asked = /guide-reviews\?.*limit=20/;
  await page.route(
    asked,
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), total: 21 } });
    },
    { times: 1 },
  );
  await page.getByRole('tab', { name: 'To decide' }).click();
  await page.getByRole('button', { name: '2', exact: true }).click();
  await page.getByRole('article', { name: 'Coast' }).waitFor();
}

async function decide(page, walk) {
  await page.getByRole('textbox', { name: 'Another one' }).fill('no such channel');
  await page.getByText('No guide has a channel that is called that').waitFor();
  await page.keyboard.press('Escape');
  const review = page.getByRole('article', { name: 'Coast' });
  await review.getByText('Coast Andalucia · third.tv').waitFor();
  await walk.look(page, 'guide-review');
  await review.getByRole('button', { name: 'Take third.tv' }).click();
  await page.getByText('The guide of Coast is decided').waitFor();
  await gone(review);
}

/** Of a guide that comes, but never all of it. */
async function cancelReading(page, source) {
  const server = createServer((_, response) => response.writeHead(200, { 'Content-Length': 1000 }).write('<tv>'));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  await source.getByRole('button', { name: 'Change Crystal ball' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Address of an XMLTV file').fill(`http://127.0.0.1:${server.address().port}/guide.xml`);
  await form.getByRole('button', { name: 'Save' }).click();
  await gone(form);
  await source.getByRole('button', { name: 'Refresh Crystal ball' }).click();
  await source.getByText('Downloading …').waitFor();
  await page.reload();
  await source.getByRole('progressbar', { name: 'Downloading' }).waitFor();
  await source.getByRole('button', { name: 'Cancel' }).click();
  await source.getByRole('button', { name: 'Refresh Crystal ball' }).waitFor();
  server.closeAllConnections();
  server.close();
}

async function changeSources(page, walk) {
  await page.getByRole('tab', { name: 'Sources' }).click();
  const source = page.getByRole('article', { name: 'Weather vane' });
  await source.getByText('3 channels').waitFor();
  await page.getByRole('button', { name: 'Add guide source' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Crystal ball');
  await form.getByLabel('Address of an XMLTV file').fill('/there/is/none.xml');
  await page.keyboard.press('Enter');
  const added = page.getByRole('article', { name: 'Crystal ball' });
  await added.getByText('failed', { exact: true }).waitFor();
  await gone(form);
  await walk.look(page, 'guide-sources');
  await cancelReading(page, added);
  await added.getByRole('button', { name: 'Delete Crystal ball' }).click();
  await gone(added);
  await page.getByRole('button', { name: 'Undo' }).click();
  await added.waitFor();
}

async function makeProfile(page, walk) {
  await page.getByRole('link', { name: 'Profiles' }).click();
  await page.getByRole('button', { name: 'New profile' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Kitchen');
  await page.keyboard.press('Enter');
  await page.getByText('No channel is in this profile').waitFor();
  await page.getByRole('button', { name: 'Add channels' }).click();
  await dialog.getByRole('button', { name: 'Add Nowhere' }).press('Enter');
  await dialog.getByLabel('Find a channel').fill('th');
  await dialog.getByRole('button', { name: 'Add all 3 channels' }).click();
  await page.getByText('3 channels added').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await gone(dialog);
  const order = () => page.getByRole('row').locator('[data-name]').allInnerTexts();
  const becomes = async (wanted) => {
    await page.waitForFunction(
      (names) => [...document.querySelectorAll('[data-name]')].map((one) => one.textContent).join() === names,
      wanted.join(),
    );
    assert.deepEqual(await order(), wanted);
  };
  await becomes(['Nowhere', 'North', 'South', 'south']);
  await page.getByRole('button', { name: 'Move North up' }).press('Enter');
  await becomes(['North', 'Nowhere', 'South', 'south']);
  await page.getByLabel('Place of Nowhere').fill('3');
  await page.keyboard.press('Enter');
  await becomes(['North', 'South', 'Nowhere', 'south']);
  assert.equal(await page.getByLabel('Place of South', { exact: true }).inputValue(), '2');
  await drag(page, 'Nowhere', 'North', true);
  await page.mouse.up();
  await becomes(['North', 'Nowhere', 'South', 'south']);
  await page.getByRole('button', { name: 'Move Nowhere down' }).press('Enter');
  await becomes(['North', 'South', 'Nowhere', 'south']);
  await page.getByRole('button', { name: 'Take North out' }).click();
  await becomes(['South', 'Nowhere', 'south']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await becomes(['North', 'South', 'Nowhere', 'south']);
  const href = await page.getByRole('link', { name: 'Playlist of this profile' }).getAttribute('href');
  const list = await (await page.request.get(base + href)).text();
  assert.deepEqual(
    [...list.matchAll(/^#EXTINF.*,(.*)$/gm)].map(([, name]) => name),
    ['North', 'South', 'Nowhere', 'south'],
  );
  await walk.look(page, 'profile');
}

async function leaveOut(page, walk) {
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('link', { name: 'Compass' }).click();
  await page.getByRole('tab', { name: 'Filters' }).click();
  const told = page.getByRole('status').filter({ hasText: 'would stay' });
  await told.getByText('4 would stay and 0 would go.').waitFor();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByPlaceholder('a word, or a regular expression as ^(XXX|VIP)').waitFor();
  await page.getByLabel('Pattern of filter 1').fill('(west');
  await page.getByText('This is no regular expression', { exact: true }).waitFor();
  walk.forgive(400);
  assert.ok(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled());
  await page.getByLabel('Pattern of filter 1').fill('(west|EAST)');
  await page.getByRole('tab', { name: 'Logins' }).click();
  await page.getByRole('tab', { name: 'Filters' }).click(); // where it has waited
  await told.getByText('2 would stay and 2 would go.').waitFor();
  await page.getByRole('list', { name: 'Would go' }).getByText('east').waitFor();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByLabel('Pattern of filter 2').fill('^e');
  await page.getByLabel('What filter 2 does').selectOption('Always keep');
  await page.getByRole('button', { name: 'Move filter 2 up' }).press('Enter');
  await told.getByText('3 would stay and 1 would go.').waitFor();
  await walk.lookEachWay(page, 'account-filters');
  await page.getByRole('button', { name: 'Save and read the list' }).click();
  await page.getByText('1 gone').waitFor();
  await told.getByText('3 would stay and 0 would go.').waitFor();
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await logIn(page, base, 'ann');
  await findStreams(page, walk);
  await playStream(page, walk);
  await findMeasured(page, walk);
  await useStreams(page, walk);
  await readGuide(page, walk);
  await findProgrammes(page, walk);
  await rename(page, 'Nowhere', 'Somewhere');
  await rename(page, 'Somewhere', 'Nowhere');
  await leaveLastPage(page);
  await decide(page, walk);
  await changeSources(page, walk);
  await makeProfile(page, walk);
  await leaveOut(page, walk);
  await walk.tour(page, {
    streams: ['/streams', 'Streams'],
    guide: ['/guide', 'Guide'],
    profiles: ['/profiles', 'Profiles'],
  });
});
