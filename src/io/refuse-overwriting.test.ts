import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refuseOverwriting } from './refuse-overwriting.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-overwriting-'));
const at = (...path: readonly string[]) => join(folder, ...path);
beforeAll(() => {
  writeFileSync(at('a.jsonl'), 'a');
  writeFileSync(at('other.jsonl'), 'a');
  mkdirSync(at('inputs'));
  writeFileSync(at('inputs', 'b.jsonl'), 'b');
  writeFileSync(at('inputs', 'notes.txt'), 'n');
  linkSync(at('a.jsonl'), at('hard.jsonl'));
  symlinkSync(at('a.jsonl'), at('soft.jsonl'));
  symlinkSync(at('inputs'), at('soft-inputs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['the same path', 'a.jsonl', 'a.jsonl'],
  ['the same path, written otherwise', 'inputs/../a.jsonl', 'a.jsonl'],
  ['a hard link', 'hard.jsonl', 'a.jsonl'],
  ['a symbolic link', 'a.jsonl', 'soft.jsonl'],
  ['a file in a folder of inputs', 'inputs/b.jsonl', 'soft-inputs'],
  ['the folder of inputs', 'inputs', 'soft-inputs'],
  ['a folder with an input in it', 'inputs', 'soft-inputs/b.jsonl'],
])('refuses %s', async (_name, output, input) => {
  await expect(refuseOverwriting({ '--out': at(output) }, { '--samples': at(input) })).rejects.toThrow(
    `--out: ${at(output)} would overwrite ${at(input)} (--samples)`,
  );
});

it('refuses two outputs in one place, there or not, and any of several inputs', async () => {
  const outputs = { '--out': at('new.json'), '--exclusions': at('.', 'inputs', '..', 'new.json') };
  await expect(refuseOverwriting(outputs, {})).rejects.toThrow(/^--exclusions: .* \(--out\)$/);
  const inputs = { 'the tasks': null, '--language-file': [at('other.jsonl'), at('a.jsonl')] };
  await expect(refuseOverwriting({ '--out': at('hard.jsonl') }, inputs)).rejects.toMatchObject({
    code: 'usage',
  });
});

it('lets everything else be written', async () => {
  const inputs = { tasks: at('a.jsonl'), more: [at('inputs'), 'bundled:python', '-'], none: undefined };
  for (const output of ['other.jsonl', 'new.jsonl', 'inputs/new.jsonl', 'inputs/notes.txt', 'new/folder']) {
    await refuseOverwriting({ '--out': at(output), '--start-log': undefined }, inputs);
  }
});
