import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeProject } from './write-project.ts';

const FILES = [
  { path: 'a.txt', content: 'a' },
  { path: 'tasks/b.txt', content: 'b' },
];

let folder = '';
const at = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-project-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('writeProject', () => {
  it('makes a folder, or fills an empty one', async () => {
    mkdirSync(at('empty'));
    for (const name of ['new', 'empty']) {
      await writeProject(at(name), FILES);
      expect(readdirSync(at(name), { recursive: true }).toSorted()).toEqual([
        'a.txt',
        'tasks',
        'tasks/b.txt',
      ]);
      expect(readFileSync(at(`${name}/tasks/b.txt`), 'utf8')).toBe('b');
    }
  });

  it('overwrites nothing, and leaves nothing behind', async () => {
    mkdirSync(at('full'));
    writeFileSync(at('full/mine'), 'mine');
    writeFileSync(at('file'), 'file');
    mkdirSync(at('target'));
    symlinkSync('target', at('link'));
    symlinkSync('nowhere', at('dangling'));
    const before = readdirSync(folder, { recursive: true });
    for (const name of ['full', 'file', 'link', 'dangling']) {
      await expect(writeProject(at(name), FILES)).rejects.toMatchObject({
        code: 'usage',
        message: `${at(name)} is there already`,
      });
    }
    await expect(writeProject('.', FILES)).rejects.toMatchObject({ code: 'usage' });
    for (const name of ['no/folder', 'file/folder']) {
      await expect(writeProject(at(name), FILES)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it('is all or nothing', async () => {
    const twice = [...FILES, { path: 'a.txt', content: 'again' }];
    await expect(writeProject(at('half'), twice)).rejects.toThrow('EEXIST');
    expect(readdirSync(folder).filter((name) => name.startsWith('half'))).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'says where nobody may write (skipped: root may everywhere)',
    async () => {
      mkdirSync(at('locked'));
      chmodSync(at('locked'), 0o555);
      await expect(writeProject(at('locked/x'), FILES)).rejects.toMatchObject({
        message: expect.stringContaining('EACCES'),
      });
    },
  );
});
