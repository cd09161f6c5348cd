// SPDX-License-Identifier: LGPL-2.1-or-later
// A browser that watches what a walk through the pages leads to: errors, requests to strangers, what nobody could use.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const kWide = { width: 1440, height: 900 };
export const kNarrow = { width: 390, height: 844 };
export const kLow = { width: 390, height: 640 };
const kDeadlineMs = 60_000;
export const kPassword = 'correct horse';

export const heading = (page, name) => page.getByRole('heading', { level: 1, name });

/** `question` is asked in the page, again and again, until its answer is true. waitForFunction() takes a promise for true. */
export async function until(page, question) {
  const deadline = Date.now() + kDeadlineMs;
  while (!(await page.evaluate(question))) {
    assert.ok(Date.now() < deadline, `never true: ${question}`);
    await page.waitForTimeout(100);
  }
}

/** The next request to that address waits until whoever gets this lets it go on. */
export function hold(page, address) {
  return new Promise((asked) => page.route(address, asked, { times: 1 }));
}

/** At the daemon that walk_test.py started. */
export async function logIn(page, base, name, password = kPassword) {
  await page.goto(base);
  // On the machine itself nobody has to; whoever was here before has left, or not.
  const button = page.getByRole('button', { name: 'Log in' });
  await button.waitFor();
  if (!(await page.getByRole('textbox', { name: 'Name' }).isVisible())) await button.click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'User', exact: true }).waitFor();
}

/** Until nothing fades or moves any more, but for what never ends. */
async function settle(page) {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; ++frame) await new Promise(requestAnimationFrame);
    const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
    await Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished));
  });
}

/** When this returns, the menu has gone: one that fades away has no entries any more. */
export async function speakSpanish(page) {
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: 'Español' }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

/** What a row of a table is dragged by. */
export const handleOf = (page, name) =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) }).getByTitle(/^Drag to/);

export async function middleOf(locator) {
  await settle(locator.page()); // it may be on its way to another place
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** A row to another one, which it would come behind, or before; it is not dropped yet. */
export async function drag(page, name, other, behind) {
  const from = await middleOf(handleOf(page, name));
  const to = await middleOf(handleOf(page, other));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y + (behind ? 20 : -20), { steps: 5 });
}

export class Walk {
  problems = []; // of the browser, wherever they came up
  #strangers = new Set(); // hosts that were asked but are not ours

  /** `walk(page, this)` is done in the first page; then nothing may have gone wrong. `webFolder` has node_modules. */
  static async run({ webFolder, base, screenshots }, walk) {
    const require = createRequire(join(webFolder, 'package.json'));
    const { chromium } = require('playwright-core');
    const self = new Walk();
    self.base = base;
    self.screenshots = screenshots;
    self.axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    self.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'] });
    let page;
    try {
      page = await self.open();
      await walk(page, self);
    } catch (error) {
      await page?.screenshot({ path: join(screenshots, 'failed.png') });
      throw error;
    } finally {
      await self.browser.close();
    }
    assert.deepEqual([...self.#strangers], []);
    assert.deepEqual(self.problems, []);
  }

  /** The browser told of that status, or that failure of the network, and it was wanted. */
  forgive(what) {
    const at = this.problems.findIndex((problem) => problem.includes(`status of ${what}`) || problem.includes(`net::${what}`));
    assert.notEqual(at, -1, `nobody met ${what}`);
    this.problems.splice(at, 1);
  }

  /** Of a person of his own: nothing is shared with the pages before. */
  async open() {
    const context = await this.browser.newContext({ viewport: kWide, colorScheme: 'light', reducedMotion: 'reduce', locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(kDeadlineMs);
    page.on('pageerror', (error) => this.problems.push(`exception: ${error.stack}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && host !== new URL(this.base).host) this.#strangers.add(host);
    });
    return page;
  }

  /** As it looks, and what a person with a screen reader or a keyboard would stumble over. */
  async look(page, name) {
    await settle(page);
    await page.screenshot({ path: join(this.screenshots, `${name}.png`), fullPage: true });
    await page.evaluate(this.axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        this.problems.push(`${name}: ${id} (${impact}), ${nodes.length} times, as in ${nodes[0].html.slice(0, 300)}`);
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (excess > 0) this.problems.push(`${name}: ${excess} pixels wider than the screen`);
  }

  /** In light and dark, wide and narrow. */
  async lookEachWay(page, name) {
    for (const [size, viewport] of Object.entries({ wide: kWide, narrow: kNarrow })) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await this.look(page, `${name}-${size}-${colorScheme}`);
      }
    }
    await page.setViewportSize(kWide);
    await page.emulateMedia({ colorScheme: 'light' });
  }

  /** `pages`: name → [path, heading]. Each is looked at each way. */
  async tour(page, pages) {
    for (const [name, [path, title]] of Object.entries(pages)) {
      await page.goto(`${this.base}/ui${path}`);
      await page.getByRole('heading', { name: title }).first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => {}); // pages that look again and again never are
      await this.lookEachWay(page, name);
    }
  }
}
