import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { probeCandidates } from '../../execute/command/probe-candidates.ts';
import { loadTaskFile } from '../../tasks/load-task-file.ts';
import { readLanguages } from '../read-languages.ts';
import { describedProject } from './described-project.ts';
import { type LanguageAnswers, languageOfAnswers } from './language-answers.ts';
import { writeProject } from './write-project.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-described-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BASE: LanguageAnswers = {
  languageId: 'acme',
  displayName: "Acme: the 'real' one # 1",
  extension: '.acme',
  lineComment: "'",
  blockStyle: 'braces',
  endKeyword: '',
  functionPattern: '^fun\\s+(?<name>\\w+)',
  header: 'fun larger(a, b) {',
  compile: 'none',
  run: 'python3 acme.py {{file}}',
  finished: 'none',
};

const KEYWORD: Partial<LanguageAnswers> = {
  blockStyle: 'keyword',
  endKeyword: 'end',
  header: 'fun larger a, b -- "it\'s"',
  compile: 'acmec -o program {{file}}',
  run: './program',
  finished: 'say "{{token}}"',
};

describe.each([
  ['braces', BASE, '(a, b) {', 'fun distance(a, b) {\n\n}'],
  ['keyword', { ...BASE, ...KEYWORD }, ' a, b -- "it\'s"', 'fun distance a, b -- "it\'s"\n\nend'],
  ['indentation', { ...BASE, blockStyle: 'indentation', header: 'fun larger:' }, ':', 'fun distance:\n'],
] as const)('a project of a described language, %s', (name, answers, parameters, emptyFunction) => {
  const language = languageOfAnswers(answers);
  const at = (file: string) => join(folder, name, file);

  it('reads back as it was described', async () => {
    await writeProject(join(folder, name), describedProject(language, answers.header));
    const [read] = await readLanguages([at('language.yaml')]);
    expect(read).toEqual({
      ...language,
      runner: {
        ...language.runner,
        files: language.runner?.files.map((file) => at(file)),
        probes: expect.objectContaining({ bodyTemplate: expect.any(String) }),
      },
    });
    const probes = probeCandidates({ probes: read?.runner?.probes ?? null }, `fun distance${parameters}`);
    expect(probes).toEqual([{ kind: 'empty', code: emptyFunction }]);
  });

  it('has tasks that load and say that they are not complete', async () => {
    for (const entryPoint of ['larger', 'distance']) {
      expect(await loadTaskFile(at(`tasks/${entryPoint}.yaml`))).toMatchObject({
        id: `acme/${entryPoint}`,
        language: 'acme',
        signature: `fun ${entryPoint}${parameters}`,
        entryPoint,
        tests: null,
        canonical: null,
      });
    }
    expect(await loadTaskFile(at('example.yaml'))).toMatchObject({
      signature: `fun half_sum${parameters}`,
      canonical: null,
    });
  });
});
