// SPDX-License-Identifier: LGPL-2.1-or-later
// Somebody watches: by keyboard, what this browser cannot decode, and what breaks off.
//
// Usage: player.mjs WEB-FOLDER BASE-URL SCREENSHOT-FOLDER
import assert from 'node:assert/strict';
import { Walk, logIn, until } from './browser.mjs';

const [webFolder, base, screenshots] = process.argv.slice(2);
const kPlays = 1, kHevc = 2, kMpeg2 = 3; // the channels of player_test.py
const kStream = /\/stream\/[\w-]+(\.m3u8)?$/; // what opens a channel

const watch = (page, channel) => page.goto(`${base}/ui/watch/${channel}`);
const plays = (page) => page.waitForFunction(() => document.querySelector('video')?.currentTime > 0.5);
const choose = (page, kind) => page.evaluate((wanted) => localStorage.setItem('relevo.player', wanted), kind);
const paused = (page) => page.evaluate(() => document.querySelector('video').paused);

async function useKeys(page) {
  await watch(page, kPlays);
  await plays(page);
  await page.keyboard.press('k');
  assert.ok(await paused(page));
  await page.getByRole('button', { name: 'Play (space)' }).press('Space');
  assert.ok(!(await paused(page)));
  await page.locator('video').focus();
  await page.keyboard.press('Space');
  assert.ok(await paused(page));
  assert.notEqual(await page.locator('video').evaluate((video) => getComputedStyle(video).outlineStyle), 'none');
  await page.keyboard.press('Space');
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Sound on (m)' }).waitFor();
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await page.keyboard.press('f');
  await page.waitForFunction(() => document.fullscreenElement === null);
}

/** It says so, and is not opened again and again. */
async function meetWhatCannotBeDecoded(page, walk) {
  for (const kind of ['ts', 'hls']) {
    await choose(page, kind);
    await watch(page, kHevc);
    await page.getByRole('alert').getByText('cannot decode').waitFor();
    let opened = 0;
    page.on('request', (request) => kStream.test(request.url()) && ++opened);
    await until(page, async () => (await (await fetch('/api/v1/sessions')).json()).every(({ viewers }) => viewers.length === 0));
    await page.waitForTimeout(5000); // twice as long as what breaks off would wait
    assert.ok(opened <= 1, `${kind}: opened ${opened} times`); // to ask why
  }
  await walk.look(page, 'player-hevc');
  await choose(page, 'ts');
  await watch(page, kMpeg2);
  await page.getByText('Sound alone').waitFor();
}

/** The daemon's reason is shown, however late it comes; who leaves asks no more. */
async function meetWhatBreaksOff(page, walk) {
  let opened = 0;
  let answer;
  await page.route(kStream, (route) => {
    ++opened;
    if (opened % 2) return route.abort();
    answer = route; // to who asks why
  });
  await watch(page, kPlays);
  await page.getByRole('alert').getByText('It broke off').waitFor();
  await page.waitForTimeout(3000);
  assert.equal(opened, 2);
  const body = JSON.stringify({ error: { code: 'unavailable', message: 'no source works' } });
  await answer.fulfill({ status: 503, headers: { 'X-Relevo-Cause': 'no-source' }, contentType: 'application/json', body });
  await page.getByRole('alert').getByText('no source works').waitFor();
  walk.forgive(503);
  await page.waitForRequest(kStream);
  const given = page.waitForEvent('requestfailed', (request) => kStream.test(request.url()) && request.failure().errorText === 'net::ERR_ABORTED');
  await page.getByRole('alert').getByText('It broke off').waitFor();
  await page.getByRole('link', { name: 'Home' }).click();
  await given;
  walk.forgive('ERR_FAILED'); // twice
  walk.forgive('ERR_FAILED');
  await page.unroute(kStream);
}

/** As on an iPhone, as far as the page can tell. */
async function doWithoutMediaSource(page) {
  await page.addInitScript(() => {
    for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) delete window[name];
  });
  await watch(page, kPlays);
  const kinds = page.getByRole('radiogroup', { name: 'How the stream comes' });
  await page.waitForFunction(() => document.querySelector('input[value=hls]')?.checked);
  assert.ok(await kinds.getByRole('radio', { name: 'MPEG-TS' }).isDisabled());
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await logIn(page, base, 'ann');
  await useKeys(page);
  await meetWhatCannotBeDecoded(page, walk);
  await meetWhatBreaksOff(page, walk);
  await doWithoutMediaSource(page);
});
