import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCodejury } from './run-codejury.ts';

const ROOT = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('the guide shows what the program prints', async () => {
  const guide = readFileSync(join(ROOT, 'docs/evaluating.md'), 'utf8');
  const [, shown = ''] = /```console\n([\s\S]*?)```/.exec(guide) ?? [];
  const [, , command = ''] = /^\$ (head.*\n(?:.*\n){3})\$ codejury (.*)\n/.exec(shown) ?? [];
  const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const { stdout, stderr, status } = await runCodejury([...args, '--quiet'], { home, cwd: ROOT });
  expect([stderr, status]).toEqual(['', 0]);
  const head = readFileSync(join(ROOT, 'examples/evaluate/ratings.csv'), 'utf8').split('\n').slice(0, 3);
  const expected = [
    '$ head -3 examples/evaluate/ratings.csv',
    ...head,
    `$ codejury ${command}`,
    stdout.trimEnd(),
    '',
  ];
  expect(shown).toBe(expected.join('\n'));
});
