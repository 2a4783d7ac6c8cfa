import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { explorerPart } from '../src/pipeline/study/explorer-part.ts';
import { findBrowser, openBrowser } from '../test/support/open-browser.ts';
import { pageOf } from '../test/support/page-of.ts';
import { explorerStudy } from './explorer-study.ts';
import { median } from './median.ts';

const TASKS = 1000;
const CANDIDATES_A_TASK = 36;
const JUDGES = ['zero-shot', 'few-shot', 'probe', 'fine-tuned', 'large'];
const OPENINGS = 5;
/** From the start of the navigation to the frame after the list is there. */
const READY = `new Promise((resolve) => {
  const look = () => document.querySelector('#explorer-app:not([hidden])')
    ? requestAnimationFrame(() => resolve(performance.now()))
    : setTimeout(look, 5);
  look();
})`;

/** A page of 36,000 candidates: its size, and how long Chromium takes until it can be used. Targets: 30 MB, 3 s. */
export async function run(): Promise<void> {
  const path = findBrowser();
  if (path === null) throw new Error('no Chromium is installed');
  const tasks = explorerStudy(TASKS, CANDIDATES_A_TASK, JUDGES);
  const startedAtMs = performance.now();
  const page = pageOf(explorerPart({ tasks, judges: JUDGES, study: { name: 'bench', digest: 'bench' } }));
  console.log(`made in ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  const folder = mkdtempSync(join(tmpdir(), 'codejury-report-'));
  const browser = await openBrowser(path);
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, page);
    const plain = JSON.stringify(tasks).length;
    console.log(
      `${(statSync(file).size / 1e6).toFixed(1)} MB of page for ${(plain / 1e6).toFixed(1)} MB of candidates`,
    );
    const openedMs: number[] = [];
    for (let opening = 0; opening < OPENINGS; opening++) {
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
      openedMs.push(await tab.evaluate<number>(READY));
      if (opening === OPENINGS - 1) await printUses(tab);
      await tab.close();
    }
    console.log(
      `usable after ${median(openedMs).toFixed(0)} ms (median of ${OPENINGS}, slowest ${Math.max(...openedMs).toFixed(0)})`,
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** How long the page is busy with what people do most. */
async function printUses(tab: Page): Promise<void> {
  const uses = {
    'next candidate': `dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))`,
    'false positives': `querySelector('input[value=false-positive]').click()`,
    'another judge': `querySelector('.explorer-fields select').dispatchEvent(new Event('change'))`,
  };
  for (const [name, use] of Object.entries(uses)) {
    const target = name === 'next candidate' ? 'document.body' : 'document';
    const ms = await tab.evaluate<number>(
      `new Promise((resolve) => { const from = performance.now(); ${target}.${use}; requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from))); })`,
    );
    console.log(`${name.padEnd(16)} ${ms.toFixed(0)} ms`);
  }
}
