// SPDX-License-Identifier: LGPL-2.1-or-later
// Somebody finds out what Relevo needs: alerts, log, settings.
//
// Usage: upkeep.mjs WEB-FOLDER BASE-URL SCREENSHOT-FOLDER
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Walk, heading, hold, logIn, speakSpanish, until } from './browser.mjs';

const [webFolder, base, screenshots] = process.argv.slice(2);

async function seeAlerts(page, walk) {
  await page.getByRole('link', { name: 'Alerts' }).click();
  const alerts = page.getByRole('main').getByRole('listitem');
  const expired = alerts.filter({ hasText: 'A login has expired' });
  const failed = alerts.filter({ hasText: 'A refresh failed' });
  await expired.getByText('the login joe has expired').waitFor();
  await failed.getByRole('button', { name: 'Details' }).click();
  await failed.getByText('In its words').waitFor();
  await walk.look(page, 'alerts-open');
  await expired.getByRole('button', { name: 'I have seen it' }).click();
  await expired.getByText(/ · seen /).waitFor();
  await failed.getByRole('button', { name: 'Clear' }).click();
  await failed.waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Over' }).click();
  await failed.waitFor();
  await walk.look(page, 'alerts-over');
}

/** Home tells that there is nothing when it is known, and not before. */
async function waitForNews(page) {
  const asked = hold(page, '**/api/v1/sessions');
  await page.goto(`${base}/ui`);
  const plays = page.getByRole('region', { name: 'What plays' });
  await page.getByText('no login that can be used').waitFor();
  assert.equal(await plays.getByText('Nobody watches now.').count(), 0);
  await (await asked).continue();
  await plays.getByText('Nobody watches now.').waitFor();
}

/** Takes what is posted to it. */
async function listen() {
  const told = [];
  const server = createServer((request, response) => {
    request.on('data', (data) => told.push(JSON.parse(data)));
    request.on('end', () => response.writeHead(204).end());
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { told, url: `http://127.0.0.1:${server.address().port}/told`, close: () => server.close() };
}

async function tellSomebody(page, walk) {
  const target = await listen();
  await page.getByRole('tab', { name: 'Web-hooks' }).click();
  await page.getByText('Nobody is told yet').waitFor();
  await page.getByRole('button', { name: 'New web-hook' }).click();
  await page.getByLabel('Address').fill(target.url);
  await page.keyboard.press('Enter');
  const hook = page.getByRole('main').getByRole('listitem');
  await hook.getByRole('button', { name: 'Test' }).click();
  await hook.getByText(/^Is told of: alerts · told/).waitFor();
  assert.equal(target.told.length, 1);
  await walk.look(page, 'alerts-hooks');
  await hook.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Address').fill('http://127.0.0.1:1/nobody');
  await page.getByRole('button', { name: 'Save' }).click();
  await hook.getByText('http://127.0.0.1:1/nobody').waitFor();
  await hook.getByRole('button', { name: 'Test' }).click();
  await hook.getByText(/refused/i).waitFor();
  await hook.getByRole('button', { name: 'Delete' }).click();
  await hook.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await hook.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nobody is told yet').waitFor();
  target.close();
}

async function readLog(page, walk) {
  await page.getByRole('link', { name: 'Log', exact: true }).click();
  const lines = page.getByRole('list', { name: 'Log' }).getByRole('listitem');
  await lines.filter({ hasText: 'listening on' }).waitFor();
  await page.getByLabel('Search').fill('user-added');
  await lines.filter({ hasText: 'listening on' }).waitFor({ state: 'detached' });
  assert.equal(await lines.count(), 2);
  await page.getByLabel('Show', { exact: true }).selectOption({ label: 'errors' });
  await page.getByText('No line fits').waitFor();
  await page.getByLabel('Show', { exact: true }).selectOption({ label: 'everything' });
  await page.getByLabel('Search').fill('GET /health');
  await page.getByLabel('What is written').selectOption('debug');
  await until(page, async () => (await (await fetch('/api/v1/log/level')).json()).level === 'debug');
  await page.evaluate(() => fetch('/health'));
  await lines.first().waitFor(); // which comes by itself
  await page.getByLabel('Search').fill('');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText(/Paused\. [1-9]\d* new lines?/).waitFor();
  await walk.look(page, 'log-debug');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('What is written').selectOption('info');
}

async function findSetting(page, walk) {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText(/relevod\.conf\. Change them there/).waitFor();
  const rows = page.getByRole('main').getByRole('listitem');
  await page.getByRole('switch', { name: 'Only what is changed' }).press('Space');
  await page.waitForFunction(() => document.querySelectorAll('main li').length < 10);
  await rows.filter({ hasText: 'linger' }).getByText('default: 10').waitFor();
  await rows.filter({ hasText: 'port' }).getByText('by command line').first().waitFor();
  await page.getByRole('switch', { name: 'Only what is changed' }).press('Space');
  await page.getByLabel('Search settings').fill('zapping');
  await rows.getByText('neighbours', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'How to change neighbours' }).click();
  await page.getByText('[playback] neighbours = 0').waitFor();
  await walk.look(page, 'settings-change');
  await page.getByLabel('Search settings').fill('no such thing');
  await page.getByText('No setting fits').waitFor();
}

async function inSpanish(page, walk) {
  await speakSpanish(page);
  await page.getByLabel('Buscar ajustes').fill('espectador');
  await page.getByText(/Durante cuántos segundos espera un espectador/).waitFor();
  await walk.look(page, 'settings-spanish');
  await page.getByRole('link', { name: 'Avisos' }).click();
  const alerts = page.getByRole('main').getByRole('listitem');
  await alerts.getByText(/^Panel: el acceso joe caducó el /).waitFor();
  await page.getByRole('tab', { name: 'Pasados' }).click();
  await alerts.getByText('Panel: sin conexión con el servidor', { exact: true }).waitFor();
  await walk.look(page, 'alerts-spanish');
  await page.getByRole('link', { name: 'Cronología' }).click();
  await page.getByText(/aviso: Panel: el acceso joe caducó el /).waitFor();
  await page.getByText('la actualización falló: sin conexión con el servidor').waitFor();
  await page.getByRole('link', { name: 'Cuentas' }).click();
  await page.getByRole('article', { name: 'Panel' }).getByText('sin conexión con el servidor', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Ajustes' }).click();
  await page.getByRole('button', { name: 'Idioma' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
}

/** What was objected to before the daemon was started can be accepted after. */
async function acceptLosses(page) {
  const account = /\/api\/v1\/accounts\/1$/;
  await page.route(account, async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    await route.fulfill({ response, json: { ...json, state: { ...json.state, state: 'objected', message: 'the list lacks much' } } });
  });
  await page.route(/\/api\/v1\/accounts\/1\/refresh$/, (route) => route.fulfill({ json: null }));
  await page.goto(`${base}/ui/accounts/1`);
  await page.getByRole('alert').getByText('the list lacks much').waitFor();
  await page.getByRole('button', { name: 'Accept the losses' }).waitFor();
  await page.unrouteAll();
}

async function renewLogin(page, walk) {
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('link', { name: 'Panel' }).click();
  await page.getByRole('tab', { name: 'Logins' }).click();
  await page.getByRole('button', { name: 'Change login joe' }).press('Enter');
  const form = page.getByRole('dialog');
  await form.getByLabel('User').fill('joseph');
  await form.getByLabel('Connections at once').fill('3');
  await form.getByLabel('Good until').fill('2090-05-04');
  await walk.look(page, 'account-login');
  await page.keyboard.press('Enter');
  const row = page.getByRole('main').getByRole('listitem');
  await row.getByText('joseph · expires May 4, 2090', { exact: true }).waitFor();
  await row.getByText('0 of 3').waitFor();
  const [login] = await page.evaluate(async () => (await fetch('/api/v1/accounts/1/logins')).json());
  assert.equal(login.name, 'joe');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByLabel('Largest loss').fill('50');
  await page.getByLabel('Provider', { exact: true }).fill('acme');
  await page.getByRole('tab', { name: 'Logins' }).click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await walk.look(page, 'account-settings');
  const account = await page.evaluate(async () => (await fetch('/api/v1/accounts/1')).json());
  assert.deepEqual([account.shrink_percent, account.stale_days, account.server_group], [50, 7, 'acme']);
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await logIn(page, base, 'ann');
  await waitForNews(page);
  await seeAlerts(page, walk);
  await tellSomebody(page, walk);
  await readLog(page, walk);
  await findSetting(page, walk);
  await inSpanish(page, walk);
  await heading(page, 'Settings').waitFor();
  await acceptLosses(page);
  await renewLogin(page, walk);
  await walk.tour(page, {
    alerts: ['/alerts', 'Alerts'],
    log: ['/log', 'Log'],
    settings: ['/settings', 'Settings'],
  });
});
