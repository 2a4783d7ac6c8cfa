import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryBeside } from './temporary-beside.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-temporary-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('removes what processes that are gone left for the same target, and nothing else', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const left = `out.jsonl.${hostname()}-${gone}-0123abcd.tmp`;
  const kept = [
    `out.jsonl.${hostname()}-${process.pid}-0123abcd.tmp`,
    `out.jsonl.another-${hostname()}-${gone}-0123abcd.tmp`,
    `other.jsonl.${hostname()}-${gone}-0123abcd.tmp`,
    `out.jsonl.${gone}.tmp`,
    'out.jsonl',
  ];
  for (const name of [left, ...kept]) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, `out.jsonl.${hostname()}-${gone}-deadbeef.tmp`, 'inner'), { recursive: true });

  const name = basename(await temporaryBeside(join(folder, 'out.jsonl')));

  expect(readdirSync(folder).sort()).toEqual(kept.sort());
  expect(kept).not.toContain(name);
  expect(name).toMatch(/^out\.jsonl\..*\.tmp$/);
});

it('leaves a folder that is not there to whoever writes', async () => {
  expect(await temporaryBeside(join(folder, 'no', 'out'))).toContain(join(folder, 'no', 'out.'));
});
