import { describe, expect, it } from 'vitest';
import {
  isAsked,
  LANGUAGE_QUESTIONS,
  type LanguageAnswers,
  type LanguageField,
  languageIdFault,
  languageOfAnswers,
} from './language-answers.ts';

const ACME: LanguageAnswers = {
  languageId: 'acme',
  displayName: 'Acme',
  extension: '.acme',
  lineComment: 'none',
  blockStyle: 'keyword',
  endKeyword: 'end',
  functionPattern: '^to (?<name>\\w+)',
  header: 'to larger a b',
  compile: 'none',
  run: 'python3 -I acme.py --twice "two words" {{file}}',
  finished: 'none',
};

const question = (field: LanguageField) => {
  const found = LANGUAGE_QUESTIONS.find((one) => one.field === field);
  if (found === undefined) throw new Error(field);
  return found;
};

describe('faults of answers', () => {
  it.each([
    ['extension', '.acme', null],
    ['extension', 'acme', 'expected a dot and a name'],
    ['lineComment', 'none', null],
    ['blockStyle', 'curly', 'expected one of'],
    ['endKeyword', 'end if', 'expected one word'],
    ['functionPattern', 'to (?<name>\\w+', 'expected a regular expression'],
    ['functionPattern', 'to \\w+', 'expected a named group'],
    ['header', 'to larger a b', null],
    ['header', 'to largest a b', 'finds the name larger'],
    ['compile', 'none', null],
    ['compile', 'acmec "{{file}}', 'expected a closing quote'],
    ['compile', 'bin/acmec {{file}}', 'expected first an absolute path'],
    ['run', 'acme {{file}}', null],
    ['run', 'acme', 'expected {{file}} among its arguments'],
    ['run', 'acme {{code}}', 'expected no placeholders but {{file}}'],
    ['run', '', 'expected'],
    ['finished', 'say {{token}}', null],
    ['finished', 'say done', 'expected {{token}}'],
  ] as const)('%s: %s', (field, answer, fault) => {
    const found = question(field).faultOf(answer, ACME);
    expect(found).toEqual(fault === null ? null : expect.stringContaining(fault));
  });

  it('a program that is compiled needs no file to run', () => {
    expect(question('run').faultOf('./program', { compile: 'acmec {{file}}' })).toBeNull();
  });

  it('ids of languages that are built in are taken', () => {
    expect(languageIdFault('acme')).toBeNull();
    expect(languageIdFault('Acme 1')).toContain('lower-case');
    expect(languageIdFault('python')).toContain('built in');
    expect(languageIdFault('js')).toContain('JavaScript');
  });

  it('every default is without fault', () => {
    const answers: Partial<Record<LanguageField, string>> = { languageId: 'acme', blockStyle: 'keyword' };
    for (const { field, defaultOf, faultOf } of LANGUAGE_QUESTIONS) {
      const usual = defaultOf(answers);
      expect([field, faultOf(usual, answers)]).toEqual([field, null]);
      answers[field] ??= usual;
    }
  });
});

it('the word that ends blocks is asked for only where one does', () => {
  const asked = (blockStyle: string) =>
    LANGUAGE_QUESTIONS.filter((one) => isAsked(one, { blockStyle })).map(({ field }) => field);
  expect(asked('keyword')).toContain('endKeyword');
  expect(asked('braces')).not.toContain('endKeyword');
});

describe('languageOfAnswers', () => {
  it('is the language, with the files that its commands name', () => {
    expect(languageOfAnswers(ACME)).toMatchObject({
      id: 'acme',
      lineComment: null,
      endKeyword: 'end',
      runner: {
        compile: null,
        run: ['python3', '-I', 'acme.py', '--twice', 'two words', '{{file}}'],
        files: ['acme.py'],
        finished: null,
      },
    });
  });

  it('takes neither options, paths nor programs for files of the project', () => {
    const compile = 'gcc.exe -m run.it -O2 1.5 com.acme.Main /opt/lib.c lib/x.c {{file}} extra-1.2.jar';
    expect(languageOfAnswers({ ...ACME, compile, run: './program' }).runner).toMatchObject({
      compile: expect.arrayContaining(['-O2', '/opt/lib.c']),
      files: ['extra-1.2.jar'],
    });
  });
});
