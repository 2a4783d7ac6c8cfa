import { describe, expect, it } from 'vitest';
import type { LanguageAnswers } from './language-answers.ts';
import { type Asked, resolveAnswers } from './resolve-answers.ts';

const resolve = (given: Partial<LanguageAnswers>) => resolveAnswers(given, 'my-language', null);

describe('what nobody says', () => {
  it('is the example language where nothing is said at all', async () => {
    expect(await resolve({})).toBeNull();
    expect(await resolve({ languageId: 'rulescript' })).toBeNull();
  });

  it('has defaults that fit what is said', async () => {
    expect(await resolve({ run: 'mine {{file}}' })).toMatchObject({
      languageId: 'my-language',
      displayName: 'My-language',
      extension: '.my-language',
      run: 'mine {{file}}',
    });
    expect(await resolve({ languageId: 'acme', functionPattern: '^to (?<name>\\w+)' })).toMatchObject({
      header: 'to larger(a, b)',
      run: 'acme {{file}}',
    });
  });
});

describe('what is wrong is said with its flag', () => {
  it.each([
    [{ languageId: 'Acme' }, '--language-id: expected lower-case'],
    [{ languageId: 'rulescript', run: 'x {{file}}' }, '--run: rulescript is the example'],
    [{ displayName: 'two\nlines' }, '--display-name: expected one line'],
    [{ blockStyle: 'curly' }, '--block-style: expected one of'],
    [{ endKeyword: 'end' }, '--end-keyword: expected only with --block-style keyword'],
    [{ header: 'larger(a, b)' }, '--header: expected a line in which the pattern'],
    [{ functionPattern: '^[A-Z]+ (?<name>\\w+)' }, '--header: expected'],
  ])('%j', async (given, message) => {
    await expect(resolve(given)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });
});

it('only what is not given is asked, in order, with defaults that fit the answers before', async () => {
  const heard: Asked[] = [];
  const ask = async (question: Asked) => {
    heard.push(question);
    return question.text.startsWith('id of') ? 'acme' : question.default;
  };
  const answers = await resolveAnswers({ extension: '.a', blockStyle: 'keyword' }, 'x', ask);
  expect(answers).toMatchObject({ languageId: 'acme', extension: '.a', endKeyword: 'end' });
  expect(heard.map((question) => question.default)).toEqual([
    'x',
    'Acme',
    '#',
    'end',
    '^\\s*function\\s+(?<name>\\w+)',
    'function larger(a, b)',
    'none',
    'acme {{file}}',
    'none',
  ]);
});

it('what is given and wrong is asked for where somebody can answer', async () => {
  const heard: string[] = [];
  const ask = async ({ text, ...question }: Asked) => {
    heard.push(text);
    return text.includes('extension') ? '.a' : question.default;
  };
  const { languageId, extension } =
    (await resolveAnswers({ languageId: 'acme', extension: 'a' }, 'x', ask)) ?? {};
  expect([languageId, extension]).toEqual(['acme', '.a']);
  expect(heard[1]).toBe('--extension: expected a dot and a name, e.g. ".rs"\nfile extension');
});
