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
beforeEach(() => {
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
      expect([...(await readExclusions(path, index))]).toEqual([
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
    expect((await readExclusions(path, index)).size).toBe(0);
  });

  it('takes ids a line, by the end of a task id or as the benchmark writes them', async () => {
    const path = written('ids.txt', '# of an earlier study\n636766f61a6d9265ec01757b\r\n\nMBJP/4  # flaky\n');
    expect([...(await readExclusions(path, index)).keys()]).toEqual([
      'codereval/java/636766f61a6d9265ec01757b',
      'mbxp/java/4',
    ]);
  });

  it('takes a list of ids in JSON', async () => {
    const path = written('ids.json', '["MBJP/3"]');
    expect([...(await readExclusions(path, index))]).toEqual([['mbxp/java/3', 'listed']]);
  });

  it('names file, line and the nearest id for one that no task has', async () => {
    const path = written('ids.txt', 'MBJP/3\nmbxp/java/44\n');
    await expect(readExclusions(path, index)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`${path}:2:`),
      hint: 'did you mean mbxp/java/4?',
    });
  });

  it('refuses what is no such list, and names whose content would be misread', async () => {
    const path = written('list.yaml', 'excluded:\n  - id: 7\n');
    await expect(readExclusions(path, index)).rejects.toMatchObject({ code: 'usage' });
    await expect(readExclusions(join(folder, 'none.yaml'), index)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(writeExclusions(join(folder, 'list.txt'), [])).rejects.toMatchObject({ code: 'usage' });
    expect(readdirSync(folder)).toEqual(['list.yaml']);
  });
});
