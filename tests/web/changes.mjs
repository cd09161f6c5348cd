// SPDX-License-Identifier: LGPL-2.1-or-later
// What somebody looks at changes: the time line, the log, a refresh; and what he takes away goes, or does not.
//
// Usage: changes.mjs WEB-FOLDER BASE-URL SCREENSHOT-FOLDER
import assert from 'node:assert/strict';
import { Walk, logIn } from './browser.mjs';

const [webFolder, base, screenshots] = process.argv.slice(2);
const kUndoMs = 6000; // for so long what is taken away can be had back

/** On the machine itself one need not log in. */
async function api(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${base}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

const turnTo = (page, name) => page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name, exact: true }).click();
const namesOf = async (path) => (await api('GET', path)).items.map(({ name }) => name);

/** There is more than one answer should tell; and what is known is not told again. */
async function lookBack(page) {
  const kids = (await api('GET', '/users')).find(({ name }) => name === 'kids');
  for (let priority = 1; priority <= 150; ++priority) await api('PATCH', `/users/${kids.id}`, { priority });
  await turnTo(page, 'Time line');
  const lines = page.getByRole('main').getByRole('listitem');
  await lines.nth(99).waitFor();
  assert.equal(await lines.count(), 100);
  await page.getByRole('button', { name: 'Older' }).click();
  await lines.nth(150).waitFor();
  const sizes = [];
  page.on('response', async (answer) => answer.url().includes('/history') && sizes.push((await answer.body().catch(() => '')).length));
  await api('POST', '/profiles', { name: 'For grandma' });
  await api('POST', '/keys', { name: 'clock', role: 'viewer' });
  await lines.first().getByText('the API key "clock" was added').waitFor();
  assert.ok(sizes.length && Math.max(...sizes) < 5000, `${sizes}`);
  await page.getByText('Viewers', { exact: true }).click();
  await page.getByText('Nothing of this kind has happened yet').waitFor();
}

async function readEvidence(page, walk) {
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: 'Español' }).click();
  await page.getByText('Todo', { exact: true }).click();
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'la actualización falló' });
  await line.getByRole('button', { name: 'Pruebas' }).click();
  await line.getByRole('definition').filter({ hasText: /^la actualización falló$/ }).waitFor();
  await line.getByRole('definition').filter({ hasText: /^sin conexión con el servidor$/ }).waitFor();
  await walk.look(page, 'changes-evidence');
  await page.getByRole('button', { name: 'Idioma' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
}

/** Behind a proxy that passes no WebSocket. */
async function refreshWithoutEvents(walk) {
  const page = await walk.open();
  await page.routeWebSocket(/\/api\/v1\/events/, (socket) => socket.close());
  await logIn(page, base, 'ann');
  await turnTo(page, 'Accounts');
  await page.getByRole('link', { name: 'Panel' }).click();
  await page.getByRole('button', { name: 'Refresh' }).first().click();
  await page.getByRole('alert').getByText('no connection to the server').waitFor();
  await page.context().close();
}

/** It counts its lines from 1 again, and was gone for less than a look. */
async function readLogOfNextStart(walk) {
  const page = await walk.open();
  let socket;
  await page.routeWebSocket(/\/api\/v1\/events/, (route) => {
    route.connectToServer();
    socket = route;
  });
  await logIn(page, base, 'ann');
  await turnTo(page, 'Log');
  const lines = page.getByRole('list', { name: 'Log' }).getByRole('listitem');
  await lines.filter({ hasText: 'listening on' }).waitFor();
  const line = { number: 1, at_ms: Date.now(), level: 'warning', text: 'started again' };
  await page.route('**/api/v1/log?*', (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after'));
    return route.fulfill({ json: { items: after < line.number ? [line] : [] } });
  });
  await socket.close();
  await lines.filter({ hasText: 'started again' }).waitFor();
  await page.context().close();
}

async function takeAway(page, name) {
  await page.goto(`${base}/ui/channels`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Delete channel' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
}

/** Whoever leaves does not want it back. */
async function takeThingsAway(page) {
  await takeAway(page, 'Cartoons');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForTimeout(kUndoMs + 1000);
  assert.deepEqual(await namesOf('/channels'), ['Cartoons', 'News 24']);
  await takeAway(page, 'Cartoons');
  await page.reload();
  await page.getByRole('link', { name: 'News 24', exact: true }).waitFor();
  assert.deepEqual(await namesOf('/channels'), ['News 24']);
  await takeAway(page, 'News 24');
  await page.getByRole('button', { name: 'User', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  assert.deepEqual(await namesOf('/channels'), []);
  await logIn(page, base, 'ann');
}

/** Of oneself, among all users: one's own page knows. */
async function renewOwnToken(page) {
  await turnTo(page, 'Users');
  await page.getByRole('button', { name: 'Change ann' }).click();
  const token = page.getByRole('textbox', { name: 'Stream token' });
  const before = await token.inputValue();
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByText('The old token ends at once').waitFor();
  await page.getByRole('dialog').last().getByRole('button', { name: 'New token' }).click();
  await page.waitForFunction((old) => document.querySelector('[role=dialog] input[readonly]')?.value !== old, before);
  const after = await token.inputValue();
  await page.keyboard.press('Escape');
  await turnTo(page, 'Your login');
  await page.waitForFunction((value) => document.querySelector('main input[readonly]')?.value === value, after);
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await logIn(page, base, 'ann');
  await lookBack(page);
  await readEvidence(page, walk);
  await renewOwnToken(page);
  await refreshWithoutEvents(walk);
  await readLogOfNextStart(walk);
  await takeThingsAway(page);
});
