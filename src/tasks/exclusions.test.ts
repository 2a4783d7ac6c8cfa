import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../contracts/task.ts';
import { readExclusions, writeExclusions } from './exclusions.ts';
import { createTaskIndex } from './task-index.ts';

const task = (id: string, sourceId: string | null = null): Task => ({
  id,
  benchmark: 'b',
  language: 'java',
  description: 'd',
  signature: 'int f()',
  prompt: null,
  completion: null,
  entryPoint: 'f',
  tests: null,
  problem: null,
  canonical: null,
  resources: null,
  metadata: sourceId === null ? {} : { sourceId },
});
const index = createTaskIndex([
  task('codereval/java/636766f61a6d9265ec01757b'),
  task('mbxp/java/3', 'MBJP/3'),
  task('mbxp/java/4', 'MBJP/4'),
]);

let folder = '';
let notices: string[] = [];
const onNotice = (text: string) => void notices.push(text);
beforeEach(() => {
  notices = [];
  folder = mkdtempSync(join(tmpdir(), 'codejury-exclusions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('exclusions', () => {
  it.each(['list.yaml', 'list.yml', 'list.json'])(
    'reads back from %s what was written, sorted',
    async (name) => {
      const path = join(folder, name);
      await writeExclusions(path, [
        { id: 'mbxp/java/4', reason: 'flaky' },
        { id: 'mbxp/java/3', reason: 'dummy-passes' },
      ]);
      expect([...(await readExclusions(path, index, onNotice))]).toEqual([
        ['mbxp/java/3', 'dummy-passes'],
        ['mbxp/java/4', 'flaky'],
      ]);
      expect(readdirSync(folder)).toEqual([name]);
    },
  );

  it('writes nothing but the list, also an empty one', async () => {
    const path = join(folder, 'list.yaml');
    await writeExclusions(path, []);
    expect(readFileSync(path, 'utf8')).toBe('excluded: []\n');
    expect((await readExclusions(path, index, onNotice)).size).toBe(0);
  });

  it('takes ids a line, by the end of a task id or as the benchmark writes them', async () => {
    const path = written('ids.txt', '# of an earlier study\n636766f61a6d9265ec01757b\r\n\nMBJP/4  # flaky\n');
    expect([...(await readExclusions(path, index, onNotice)).keys()]).toEqual([
      'codereval/java/636766f61a6d9265ec01757b',
      'mbxp/java/4',
    ]);
  });

  it('takes a list of ids in JSON', async () => {
    const path = written('ids.json', '["MBJP/3"]');
    expect([...(await readExclusions(path, index, onNotice))]).toEqual([['mbxp/java/3', 'listed']]);
  });

  it('tells of ids that none of the tasks has', async () => {
    const path = written('ids.txt', 'MBJP/3\nmbxp/java/44\n');
    expect([...(await readExclusions(path, index, onNotice)).keys()]).toEqual(['mbxp/java/3']);
    expect(notices).toEqual([`${path}: 1 of 2 excluded ids are none of these tasks: mbxp/java/44`]);
  });

  it('names file and line of the first id when no task has any of them', async () => {
    const path = written('ids.txt', '# of another benchmark\nmbxp/python/3\nmbxp/python/4\n');
    await expect(readExclusions(path, index, onNotice)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`${path}:2:`),
    });
  });

  it('refuses what is no such list, and names whose content would be misread', async () => {
    const path = written('list.yaml', 'excluded:\n  - id: 7\n');
    await expect(readExclusions(path, index, onNotice)).rejects.toMatchObject({ code: 'usage' });
    await expect(readExclusions(written('a.yaml', 'exclude: [MBJP/3]\n'), index, onNotice)).rejects.toThrow(
      /expected a list of ids, or one of \{ id, reason \} under `excluded`/,
    );
    await expect(readExclusions(join(folder, 'none.yaml'), index, onNotice)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(writeExclusions(join(folder, 'list.txt'), [])).rejects.toMatchObject({ code: 'usage' });
    expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'list.yaml']);
  });
});
