import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/pipeline/study/write-report.ts';
import { explorerTasks } from '../support/explorer-tasks.ts';
import { writeFinishedStudy } from '../support/finished-study.ts';
import { findBrowser, openBrowser } from '../support/open-browser.ts';
import { studyDocument } from '../support/study-document.ts';

const path = findBrowser();

describe.skipIf(path === null)(`the report in ${path ?? 'Chromium: none is installed'}`, () => {
  let folder: string;
  let address: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** What the console says, of any kind, what nobody catches, and what is asked of the network. */
  let said: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'codejury-report-'));
    const { config } = studyDocument();
    writeFinishedStudy(folder, { candidates: explorerTasks() });
    await writeReport({ config, folder, languages: [], out: folder, to: null, formats: ['html'] });
    address = pathToFileURL(join(folder, 'report', 'report.html')).href;
    browser = await openBrowser(path ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    said = [];
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== address.replace(/#.*/, '')) said.push(request.url());
    });
    await page.goto(address);
    await page.locator('.explorer-heading').waitFor();
  });
  afterEach(async () => {
    await context.close();
    expect(said).toEqual([]);
  });

  const column = (table: string, place: number) =>
    page.locator(`#table-${table} tbody tr > :nth-child(${place})`).allTextContents();
  const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');

  it('has the sections, and the explorer at work among them', async () => {
    expect(await page.locator('h2').allTextContents()).toEqual([
      'Summary',
      'What was studied',
      'How good are the judges?',
      'Do teams choose better?',
      'What does it cost?',
      'Beyond the paper',
      'Candidates',
      'Provenance',
      'Times',
    ]);
    expect(await page.getByRole('navigation', { name: 'Contents' }).getByRole('link').count()).toBe(9);
    expect(await page.locator('.explorer-candidate').count()).toBe(9);
    expect(await page.getByRole('img', { name: 'Candidates of small_1b' }).count()).toBeGreaterThan(4);
  });

  it('sorts tables by mouse and by keys, and says so', async () => {
    const table = page.locator('#table-outcomes');
    const samples = table.getByRole('columnheader', { name: 'samples', exact: true });
    await samples.getByRole('button').click();
    expect(await samples.getAttribute('aria-sort')).toBe('descending');
    expect((await column('outcomes', 3)).slice(0, 4)).toEqual(['190', '190', '190', '120']);
    await page.keyboard.press('Enter');
    expect(await samples.getAttribute('aria-sort')).toBe('ascending');
    expect((await column('outcomes', 3)).slice(0, 4)).toEqual(['20', '20', '20', '70']);
    await table.getByRole('button', { name: 'of candidates' }).click();
    expect(await samples.getAttribute('aria-sort')).toBe(null);
    // Unknown comes last, up or down.
    expect((await column('outcomes', 6)).slice(-3)).toEqual(['-', '-', '-']);
    await page.keyboard.press('Space');
    expect((await column('outcomes', 6)).slice(-4)).toEqual(['53.3 %', '-', '-', '-']);
    await table.getByRole('button', { name: 'writer' }).click();
    expect((await column('outcomes', 1)).slice(0, 5)).toEqual(['big', 'big', 'big', 'big', 'pool']);
  });

  it('is light or dark as the system, or as its switch was left', async () => {
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    expect(dark).not.toBe(light);
    const theme = page.getByRole('button', { name: /^Theme/ });
    await theme.click();
    expect(await theme.textContent()).toBe('Theme: light');
    expect(await ground()).toBe(light);
    await page.reload();
    expect(await theme.textContent()).toBe('Theme: light');
    expect(await ground()).toBe(light);
    await theme.click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe(dark);
    await theme.click();
    expect(await ground()).toBe(light);
  });

  it('skips to the report by the first key, and jumps by its contents', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.getByRole('link', { name: 'Times' }).click();
    expect(await page.getByRole('heading', { name: 'Times' }).first().isVisible()).toBe(true);
    expect(page.url()).toContain('#section-times');
  });

  it('prints everything but what is for the screen, light, nothing folded or cut', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const hidden of ['.contents', '.explorer', '#theme', '.skip', '#table-confusion summary']) {
      expect(await page.locator(hidden).isVisible(), hidden).toBe(false);
    }
    expect(await page.locator('#table-confusion table').isVisible()).toBe(true);
    expect(await ground()).toBe('rgb(255, 255, 255)');
    // A4 on its side, less its margins, in pixels.
    await page.setViewportSize({ width: 1032, height: 700 });
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('main :is(table, pre, svg)')].filter((e) => !e.closest('.explorer') && e.getBoundingClientRect().right > 1033).map((e) => e.closest('[id]').id)`,
      ),
    ).toEqual([]);
  });

  it('never scrolls sideways on a phone, folded or not', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const box = 'document.querySelector("#table-judges .scroll")';
    expect(await page.evaluate(`${box}.scrollWidth > ${box}.clientWidth && ${box}.tabIndex === 0`)).toBe(
      true,
    );
  });
});
