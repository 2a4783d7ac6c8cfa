import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { explorerTasks } from '../support/explorer-tasks.ts';
import { writeFinishedStudy } from '../support/finished-study.ts';
import { studyDocument } from '../support/study-document.ts';
import { temporaryFolder } from '../support/tiny-model.ts';
import { runCodejury } from './run-codejury.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const file = folder.path('study.yaml');
writeFileSync(file, JSON.stringify(studyDocument().config));
writeFinishedStudy(folder.path('study'), { candidates: explorerTasks() });

const report = (...args: string[]) =>
  runCodejury(['study', 'report', file, ...args], { home: folder.path('home') });

it('writes the report and says what is in it', async () => {
  const { status, stdout, stderr } = await report();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(
    'candidates of small_1b: best judge tuned, kappa 0.659 [0.597, 0.722] (substantial)',
  );
  expect(stdout).toMatch(/^small_1b, best of 10 +kind +pass@1 \[95 %\]$/m);
  expect(stdout).toMatch(/^team of tuned +team of 1 +41\.3 % \[35\.0, 47\.5\]$/m);
  expect(stdout).toContain('(report.html, report.md, tables.json, 64 files in tables/)');
  expect(readdirSync(folder.path('study/report'))).toContain('report.html');
});

it('writes the forms that are asked for where it is told', async () => {
  const { stdout } = await report('--format', 'md,json', '--to', folder.path('elsewhere'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    files: ['report.md', 'tables.json'],
    notices: [expect.stringContaining('training tasks of tuned')],
  });
  expect(readdirSync(folder.path('elsewhere'))).toEqual(['report.md', 'tables.json', 'written.json']);
});

it('leaves out what tasks and candidates say', async () => {
  const shown = () => readFileSync(folder.path('some/report.html'), 'utf8');
  const words = ['Candidates</a>', 'id="explorer"', 'big.gguf'];
  await report('--format', 'html', '--to', folder.path('some'));
  expect(words.map((word) => shown().includes(word))).toEqual([true, true, true]);
  await report('--format', 'html,json', '--to', folder.path('some'), '--no-candidates');
  expect(words.map((word) => shown().includes(word))).toEqual([false, false, true]);
  const { tables } = JSON.parse(readFileSync(folder.path('some/tables.json'), 'utf8')) as {
    tables: { id: string; rows: { example?: string }[] }[];
  };
  const faults = tables.find(({ id }) => id === 'faults')?.rows.map(({ example }) => example) ?? [];
  expect(faults.length).toBeGreaterThan(0);
  expect(new Set(faults)).toEqual(new Set(['']));
});

it('refuses forms that there are not, and studies that are not finished', async () => {
  expect(await report('--format', 'pdf')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('html, md'),
  });
  expect(await report('--out', folder.path('nothing'))).toMatchObject({
    stderr: expect.stringContaining('codejury study run'),
  });
});
