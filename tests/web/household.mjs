// SPDX-License-Identifier: LGPL-2.1-or-later
// Somebody looks after Relevo for his household: players, users.
//
// Usage: household.mjs WEB-FOLDER BASE-URL SCREENSHOT-FOLDER
import assert from 'node:assert/strict';
import { Walk, heading, hold, kLow, kPassword, kWide, logIn, speakSpanish } from './browser.mjs';

const [webFolder, base, screenshots] = process.argv.slice(2);

/** On a telephone, where it is longer than the screen: all of it can be reached, and is out of the way when it is closed. */
async function useMenu(page) {
  await page.setViewportSize(kLow);
  const links = page.getByRole('navigation', { name: 'Navigation' }).getByRole('link');
  const burger = page.getByRole('button', { name: 'Navigation' });
  await links.first().waitFor({ state: 'detached' });
  await burger.click();
  await links.nth(12).waitFor(); // there are more than that
  const names = await links.allInnerTexts();
  for (const [i, name] of names.entries()) {
    if (i > 0) await burger.click();
    await links.nth(i).click();
    await page.waitForFunction((title) => document.title === `${title} · Relevo`, name);
    // Whoever does not see goes on in another page, and hears which it is.
    if (i > 0) await page.waitForFunction((title) => document.activeElement.ariaLabel === title, name);
  }
  await page.setViewportSize(kWide);
}

/** What the page says is typed into a player: it has to lead somewhere. */
async function typed(page, label) {
  const value = await page.getByLabel(label, { exact: true }).inputValue();
  return { value, body: await (await fetch(value)).text() };
}

async function connectPlayers(page, walk) {
  await page.getByRole('link', { name: 'Connect a player' }).click();
  await heading(page, 'Connect a player').waitFor();
  await page.getByLabel('For whom').selectOption({ label: 'kids' });
  await page.getByRole('link', { name: /^Kodi/ }).press('Enter');
  await page.getByRole('heading', { name: 'Kodi' }).waitFor();
  const list = await typed(page, 'Playlist');
  assert.match(list.value, /\/playlist\.m3u\?dialect=kodi&token=/);
  assert.match(list.body, /^#EXTM3U.*\n#EXTINF[^\n]*Cartoons\n/);
  assert.doesNotMatch(list.body, /News 24/); // which the kids do not see
  await page.getByRole('button', { name: 'Copy: Playlist' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  await page.getByRole('link', { name: /^Jellyfin/ }).click();
  assert.match((await typed(page, 'Guide (XMLTV)')).body, /<tv[\s>]/);
  await walk.look(page, 'connect-jellyfin');
  await page.getByLabel('For whom').selectOption({ label: 'Nobody in particular (in your own network)' });
  await page.getByRole('link', { name: /^TiviMate/ }).click();
  await page.getByText('choose for whom').waitFor();
  await page.getByLabel('Address of this server').fill('tv.lan');
  await page.getByText('This is not an address').waitFor();
  await page.getByLabel('Address of this server').fill('http://tv.lan:8383/');
  await page.getByRole('link', { name: /^MAG/ }).click();
  assert.equal(await page.getByLabel('Portal', { exact: true }).inputValue(), 'http://tv.lan:8383/stalker_portal/c/');
}

async function addUser(page, walk) {
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByRole('button', { name: 'New user' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Kids');
  await form.getByLabel('Password').fill(kPassword);
  await page.keyboard.press('Enter');
  await form.getByText('This name is taken').waitFor();
  walk.forgive('409');
  await form.getByLabel('Name').fill('grandma');
  await form.getByLabel('Streams at once').fill('1');
  await form.getByRole('switch', { name: 'All channels' }).press('Space');
  await form.getByRole('textbox', { name: 'Only the channels of these profiles' }).press('ArrowDown');
  await page.getByRole('option', { name: 'For kids' }).click();
  await page.keyboard.press('Tab');
  await form.getByLabel('Networks').fill('nowhere');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('"nowhere"').waitFor();
  walk.forgive('400');
  await form.getByLabel('Networks').press('Backspace');
  await form.getByLabel('Networks').fill('127.0.0.0/8');
  await page.keyboard.press('Enter');
  await walk.look(page, 'users-new');
  await form.getByRole('button', { name: 'Create' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'grandma' });
  await row.getByText('127.0.0.0/8').waitFor();
  await row.getByRole('button', { name: 'Change grandma' }).click();
  const token = await form.getByRole('textbox', { name: 'Stream token' }).inputValue();
  await walk.look(page, 'users-change');
  await form.getByRole('button', { name: 'New token' }).click();
  await page.getByText('The old token ends at once').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction((old) => document.querySelector('[role=dialog] input[readonly]')?.value !== old, token);
}

async function removeUser(page) {
  await page.getByRole('button', { name: 'Delete user' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Delete user' }).click();
  await page.getByRole('listitem').filter({ hasText: 'grandma' }).waitFor({ state: 'detached' });
}

/** What is refused is told in the language that is chosen, and by the field's own name. */
async function refusedInSpanish(page, walk) {
  await speakSpanish(page);
  await page.getByRole('tab', { name: 'Personas' }).click();
  await page.getByRole('button', { name: 'Nuevo usuario' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Nombre').fill('abuela: la otra');
  await form.getByLabel('Contraseña').fill(kPassword);
  await form.getByRole('button', { name: 'Crear' }).click();
  await form.getByText('Sin dos puntos: los reproductores no los distinguen', { exact: true }).waitFor();
  walk.forgive('400');
  await form.getByLabel('Nombre').fill('abuela');
  await form.getByLabel('Redes').fill('ninguna');
  await form.getByRole('button', { name: 'Crear' }).click();
  await form.getByText('"ninguna" no es una dirección ni una red', { exact: true }).waitFor();
  walk.forgive('400');
  await walk.look(page, 'users-spanish');
  await form.getByRole('button', { name: 'Cancelar' }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Idioma' }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
}

async function makeKey(page, walk) {
  await page.getByRole('tab', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('What it is for').fill('dashboard');
  await page.keyboard.press('Enter');
  const key = await page.getByRole('textbox', { name: 'The key of dashboard' }).inputValue();
  const ask = async () => (await fetch(`${base}/api/v1/me`, { headers: { Authorization: `Bearer ${key}` } })).json();
  assert.equal((await ask()).name, 'dashboard');
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await walk.look(page, 'users-keys');
  await page.getByRole('button', { name: 'End key: dashboard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End key' }).click();
  await page.getByText('There are no keys').waitFor();
}

async function registerBox(page, walk) {
  await page.getByRole('tab', { name: 'Boxes' }).click();
  await page.getByRole('button', { name: 'New box' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Kitchen');
  await form.getByLabel('MAC address').fill('00:1A');
  await form.getByLabel('Watches as').selectOption('kids');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText(/MAC/).nth(1).waitFor();
  walk.forgive('400');
  await form.getByLabel('MAC address').fill('00-1a-79-0b-0c-0d');
  await page.keyboard.press('Enter');
  const box = page.getByRole('listitem').filter({ hasText: 'Kitchen' });
  await box.getByText(/00:1A:79:0B:0C:0D.* · watches as kids · not seen yet/).waitFor();
  const portal = `${base}/stalker_portal/server/load.php?type=stb&action=handshake`;
  const { js } = await (await fetch(portal, { headers: { Cookie: 'mac=00:1A:79:0B:0C:0D' } })).json();
  assert.ok(js.token);
  await walk.look(page, 'users-boxes');
  await box.getByRole('switch', { name: 'May watch: Kitchen' }).press('Space');
  await page.waitForFunction(() => !document.querySelector('main li [role=switch]').checked);
  await box.getByRole('button', { name: 'Delete: Kitchen' }).click();
  await box.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await box.getByRole('button', { name: 'Delete: Kitchen' }).click();
  await page.getByText('No box is registered').waitFor();
}

/** Who logs in after somebody else sees nothing of what that one was shown. */
async function followSomebody(walk) {
  const page = await walk.open();
  await page.goto(`${base}/ui/channels`);
  await page.getByRole('link', { name: 'News 24', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Log in' }).click();
  const asked = hold(page, /\/api\/v1\/channels\?/);
  await page.getByRole('textbox', { name: 'Name' }).fill('kids');
  await page.getByLabel('Password').fill(kPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'User', exact: true }).waitFor();
  assert.equal(await page.getByText('News 24').count(), 0);
  await (await asked).continue();
  await page.getByText('Cartoons', { exact: true }).waitFor();
  await page.context().close();
}

/** A viewer sees what is his alone, and changes his password. */
async function beKid(walk) {
  const page = await walk.open();
  await logIn(page, base, 'kids');
  const links = await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link').allInnerTexts();
  assert.deepEqual(links, ['Channels', 'Guide', 'Connect a player', 'Your login']);
  await page.getByRole('link', { name: 'Connect a player' }).click();
  await page.getByLabel('For whom').waitFor();
  assert.deepEqual(await page.getByLabel('For whom').locator('option').allInnerTexts(), ['kids']);
  await page.getByRole('link', { name: 'Your login' }).click();
  await page.getByLabel('Old password').fill('wrong horse');
  await page.getByLabel(/^New password\W*$/).fill('battery staple');
  await page.getByLabel('New password, once more').fill('battery');
  await page.keyboard.press('Enter');
  await page.getByText('The two passwords are different').waitFor();
  await page.getByLabel('New password, once more').fill('battery staple');
  await page.keyboard.press('Enter');
  await page.getByText('name or password is wrong').waitFor();
  walk.forgive('401');
  await walk.look(page, 'me');
  await page.getByLabel('Old password').fill(kPassword);
  await page.keyboard.press('Enter');
  await page.getByText('From now on the new password holds').waitFor();
  await page.getByRole('button', { name: 'Log out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Log out everywhere' }).click();
  await page.getByRole('button', { name: 'Log in' }).waitFor(); // who goes elsewhere before takes the order back
  await logIn(page, base, 'kids', 'battery staple');
  await page.context().close();
}

await Walk.run({ webFolder, base, screenshots }, async (page, walk) => {
  await logIn(page, base, 'ann');
  await useMenu(page);
  await connectPlayers(page, walk);
  await addUser(page, walk);
  await removeUser(page);
  await registerBox(page, walk);
  await refusedInSpanish(page, walk);
  await makeKey(page, walk);
  await followSomebody(walk);
  await beKid(walk);
  await walk.tour(page, {
    connect: ['/connect', 'Connect a player'],
    'connect-kodi': ['/connect?player=kodi', 'Kodi'],
    'connect-xtream': ['/connect?player=xtream', 'TiviMate'],
    users: ['/users', 'Users'],
    me: ['/me', 'Your login'],
  });
});
