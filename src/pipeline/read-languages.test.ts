import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLanguages } from './read-languages.ts';
import { readTeam } from './read-team.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-languages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'deep'));

const write = (name: string, document: object): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
};
const language = (id: string, runner: object | null = null) => ({
  id,
  extension: '.x',
  blockStyle: 'braces',
  functionPattern: '(?<name>x)',
  runner,
});
const runner = { run: ['x', '{{file}}'], files: ['one.py', '/two.py'], folders: ['tools'] };

describe('readLanguages', () => {
  it('takes paths from the folder of the file that names them', async () => {
    const path = write('deep/a.json', language('a', runner));
    const [read] = await readLanguages([path]);
    expect(read?.runner?.files).toEqual([join(folder, 'deep/one.py'), '/two.py']);
    expect(read?.runner?.folders).toEqual([join(folder, 'deep/tools')]);
  });

  it('refuses two of one id, and names what is wrong with a file', async () => {
    const path = write('a.json', language('a'));
    await expect(readLanguages([path, path])).rejects.toMatchObject({
      code: 'usage',
      message: 'the language a is described twice',
    });
    const empty = join(folder, 'empty.yaml');
    writeFileSync(empty, '');
    await expect(readLanguages([empty])).rejects.toMatchObject({
      message: `${empty}: expected one language, received an empty file`,
      hint: expect.stringContaining('codejury init'),
    });
    await expect(readLanguages([join(folder, 'none.yaml')])).rejects.toMatchObject({
      hint: 'is the path right?',
    });
    const wrong = write('wrong.json', { ...language('a'), extension: 'x' });
    await expect(readLanguages([wrong])).rejects.toThrow(/wrong\.json: extension: expected a dot/);
    await expect(readLanguages([join(folder, 'absent.yaml')])).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the languages of a team', () => {
  it('are described in its own file and in others, each with its own folder', async () => {
    write('deep/b.json', language('b', runner));
    const team = write('team.json', {
      languages: [language('a', runner)],
      languageFiles: ['deep/b.json'],
    });
    const { config } = await readTeam(team, { everyModel: { threads: 2 } });
    expect(config.languages.map(({ id, runner: own }) => [id, own?.files[0]])).toEqual([
      ['a', join(folder, 'one.py')],
      ['b', join(folder, 'deep/one.py')],
    ]);
  });

  it('differ', async () => {
    const path = write('a.json', language('a'));
    const team = write('team.json', { languages: [language('a')], languageFiles: [path] });
    await expect(readTeam(team)).rejects.toThrow('the language a is described twice');
  });
});
