import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { explorerPart } from '../../src/pipeline/study/explorer-part.ts';
import { explorerTasks } from '../support/explorer-tasks.ts';
import { findBrowser, openBrowser } from '../support/open-browser.ts';
import { pageOf } from '../support/page-of.ts';

const path = findBrowser();

describe.skipIf(path === null)(`the explorer in ${path ?? 'Chromium: none is installed'}`, () => {
  let folder: string;
  let address: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** What the console says, of any kind, and what nobody catches. */
  let said: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'codejury-explorer-'));
    const study = { name: 'an example', digest: 'd1' };
    const file = join(folder, 'page.html');
    writeFileSync(file, pageOf(explorerPart({ tasks: explorerTasks(), judges: ['A', 'B'], study })));
    address = pathToFileURL(file).href;
    browser = await openBrowser(path ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    said = [];
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await open(context);
  });
  afterEach(async () => {
    await context.close();
    expect(said).toEqual([]);
  });

  async function open(where: BrowserContext, hash = ''): Promise<Page> {
    const opened = await where.newPage();
    opened.on('console', (message) => said.push(message.text()));
    opened.on('pageerror', (error) => said.push(error.message));
    opened.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('blob:')) said.push(request.url());
    });
    await opened.goto(address + hash);
    await opened.locator('.explorer-heading').waitFor();
    return opened;
  }
  const listed = () => page.locator('.explorer-candidate code').allTextContents();
  const shown = () => page.locator('.explorer-heading code').textContent();

  it('filters by kind, judge, language, result and text, and says when nothing is left', async () => {
    expect(await listed()).toHaveLength(9);
    await page.getByRole('radio', { name: 'False positives' }).check();
    expect(await listed()).toEqual(['a3', 'b1', 'c1']);
    expect(await page.locator('.explorer-counts').first().textContent()).toBe('1 candidate · 1 FP');
    await page.getByRole('combobox', { name: 'Judge', exact: true }).selectOption('B');
    expect(await listed()).toEqual(['b1']);
    expect(await shown()).toBe('b1');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('java');
    expect(await listed()).toEqual(['c1', 'c1']);
    await page.getByRole('combobox', { name: 'Generator' }).selectOption('big+1');
    expect(await listed()).toEqual(['c1']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('combobox', { name: 'Result' }).selectOption('feedback:ValueError');
    expect(await listed()).toEqual(['b1']);
    await page.getByRole('combobox', { name: 'Result' }).selectOption('');
    await page.getByLabel('Search').fill('WHILE (TRUE)');
    await expect.poll(listed).toEqual(['c1', 'c1']);
    await page.getByLabel('Search').fill('nowhere');
    await expect.poll(listed).toEqual([]);
    await page.getByText('No candidate passes these filters.').getByRole('button').click();
    expect(await listed()).toHaveLength(9);
  });

  it('shows code, verdicts, feedback, task and solution', async () => {
    await page.locator('.explorer-candidate', { hasText: 'a3' }).click();
    expect(page.url()).toContain('#candidate=small/a3');
    const view = page.locator('.explorer-view');
    await expect
      .poll(() => view.locator('.explorer-line[data-marked]').textContent())
      .toContain('return "a3"');
    expect(await view.locator('.explorer-keyword').first().textContent()).toBe('def');
    expect(await view.locator('.explorer-verdicts tbody tr').allTextContents()).toEqual([
      'Acorrect0.875false positive',
      'Bwrong0.125rightly refused',
    ]);
    expect(await view.locator('.explorer-feedback').textContent()).toContain(
      'Input' + 'f(1)Expected1Actual2',
    );
    expect(await view.locator('.explorer-description').textContent()).toBe('What python/one does.');
    expect(await view.getByLabel('Reference solution').textContent()).toContain('return 1');
  });

  it('shows hostile code as text, with what would reorder it', async () => {
    await page.locator('.explorer-candidate', { hasText: 'b1' }).click();
    const code = page.getByLabel('Code of the candidate');
    await expect.poll(() => code.textContent()).toBe('</script><img src="x" onerror="alert(1)"> # \\u202e\n');
  });

  it('opens at the candidate of its address, follows it, and says which one is not there', async () => {
    page = await open(context, '#candidate=big%2B1/c1');
    expect(await page.locator('.explorer-heading').textContent()).toContain('by big+1');
    await page.evaluate("location.hash = '#candidate=small/a4'");
    await expect.poll(shown).toBe('a4');
    await page.evaluate("location.hash = '#candidate=small/%'");
    await page.evaluate("location.hash = '#candidate=small/zz'");
    await page.getByText('This study has no candidate small/zz.').waitFor();
    expect(await shown()).toBe('a4');
  });

  it('is used by keys, which can be turned off', async () => {
    const focused = () => page.evaluate('document.activeElement.type ?? document.activeElement.tagName');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect.poll(shown).toBe('a3');
    await page.keyboard.press('k');
    await expect.poll(shown).toBe('a2');
    expect(await page.locator('#explorer-status').textContent()).toBe(
      'Candidate 2 of 9: python/one, passed, A: false negative',
    );
    await page.keyboard.press('/');
    expect(await focused()).toBe('search');
    await page.keyboard.type('jk');
    await expect.poll(listed).toEqual([]);
    expect(await page.locator('#explorer-status').textContent()).toBe('0 candidates');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('ARTICLE');
    expect(await page.getByLabel('Search').inputValue()).toBe('jk');
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await page.keyboard.press('f');
    expect(await focused()).toBe('radio');
    await page.keyboard.press('?');
    await page.getByLabel('Keys of one letter are on').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    expect(await page.getByRole('region', { name: 'Labelling' }).isVisible()).toBe(false);
  });

  it('lets two annotators label one sample, agree, settle, export and import', async () => {
    await sitDown(page, 'Ana');
    expect(await page.getByText('4 of 4 errors').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Draw the sample' }).click();
    expect(await listed()).toEqual(['a2', 'a3', 'b1', 'c1']);
    await page.getByText('Why was A wrong? Ana says').waitFor();
    await page.getByText('Candidates', { exact: true }).click();
    for (const key of ['1', '3', 'j', '2', 'j', '2', 'j', '1']) await page.keyboard.press(key);
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('never ends');
    await page.getByRole('button', { name: '‹ Previous' }).click({ delay: 50 });
    expect(await shown()).toBe('b1');
    await page.getByText('4 of 4 of the sample labelled').waitFor();
    const ana = await saved(page, 'JSON');
    expect(JSON.parse(ana).labels.Ana['small/c1'].note).toBe('never ends');
    expect(JSON.parse(ana).labels.Ana['small/a2'].categories).toEqual([
      'algorithmic-error',
      'missing-null-or-empty-check',
    ]);

    const elsewhere = await browser.newContext();
    const other = await open(elsewhere);
    await sitDown(other, 'Ben');
    await other.getByRole('button', { name: 'Draw the sample' }).click();
    await other.getByText('Categories', { exact: true }).click();
    await other.getByLabel('New category').fill('Endless loop');
    await other.getByRole('button', { name: 'Add', exact: true }).click();
    await other.getByText('Candidates', { exact: true }).click();
    for (const key of ['1', 'j', '2', 'j', '2', 'j']) await other.keyboard.press(key);
    await other.getByRole('checkbox', { name: 'Endless loop' }).check();
    const ben = join(folder, 'ben.json');
    writeFileSync(ben, await saved(other, 'JSON'));
    await elsewhere.close();

    await page.locator('input[type=file]').setInputFiles(ben);
    await page.getByText('Imported labels: 4 of Ben.').waitFor();
    await page.getByText('Agreement and counts').click();
    const labels = page.getByRole('region', { name: 'Labelling' });
    await labels.getByText('75.0 % (3 of 4)').waitFor();
    // po = 12/16; pe = (2·1 + 2·2) / 16; kappa = (12 - 6) / (16 - 6).
    expect(await labels.locator('.explorer-facts').textContent()).toContain('0.600');
    await labels.getByLabel('Settled for small/c1').selectOption('Endless loop');
    await labels.getByText('First categories', { exact: true }).waitFor();
    expect(await labels.getByRole('row', { name: 'Endless loop' }).last().textContent()).toBe(
      'Endless loop011',
    );
    expect(await saved(page, 'CSV')).toContain(
      'java/three,java,small,c1,A,false-positive,settled,Endless loop,',
    );

    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByText('Categories', { exact: true }).click();
    await page.getByLabel('Name of Algorithmic error').fill('Wrong algorithm');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Remove Endless loop' }).click();
    await page.getByText('Wrong algorithm').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Label errors' }).click();
    await page.getByText('4 of 4 of the sample labelled').waitFor();
    expect(await listed()).toHaveLength(4);
    expect(await page.getByRole('checkbox', { name: 'Wrong algorithm' }).count()).toBe(1);
    expect(await page.getByRole('checkbox', { name: 'Endless loop' }).count()).toBe(0);
  });

  it('refuses files of other studies, and says where nothing is kept', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, JSON.stringify({ format: 'codejury labels 1', study: 'another' }));
    await page.addInitScript('Storage.prototype.setItem = () => { throw new Error("full") }');
    await page.reload();
    await sitDown(page, 'Ana');
    await page.getByText('This browser keeps nothing for this page').waitFor();
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('other.json was not imported: these are labels of another study').waitFor();
  });

  it('shows studies without judges and without candidates', async () => {
    const file = join(folder, 'small.html');
    const study = { name: 'small', digest: 'd2' };
    for (const tasks of [explorerTasks().slice(0, 1), []]) {
      writeFileSync(file, pageOf(explorerPart({ tasks, judges: [], study })));
      await page.goto(pathToFileURL(file).href);
      await page.getByText(tasks.length === 0 ? 'No candidate to show.' : 'What python/one does.').waitFor();
      await page.keyboard.press('l');
      expect(await page.getByText('False positives').count()).toBe(0);
      expect(await page.getByText('Label errors').isVisible()).toBe(false);
      expect(await page.getByRole('region', { name: 'Labelling' }).isVisible()).toBe(false);
    }
  });

  it('fits a phone, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: 'Label errors' }).click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    }
  });

  async function sitDown(where: Page, name: string): Promise<void> {
    await where.locator('.explorer-heading').waitFor();
    await where.keyboard.press('l');
    await where.keyboard.type(name);
    await where.keyboard.press('Enter');
    await where.getByText('No label: A made no error here.').waitFor();
    expect(await where.getByRole('combobox', { name: 'Annotator' }).inputValue()).toBe(name);
  }

  async function saved(where: Page, form: 'JSON' | 'CSV'): Promise<string> {
    const download = where.waitForEvent('download');
    await where.getByRole('button', { name: `Export ${form}` }).click();
    return readFileSync(await (await download).path(), 'utf8');
  }
});
