import { describe, expect, it } from 'vitest';
import { type CustomLanguage, customLanguageSchema } from '../contracts/custom-language.ts';
import { findLanguage } from '../lang/find-language.ts';
import { type CleanedText, cleanText } from './clean-text.ts';

const braces = customLanguageSchema.parse({
  id: 'rulescript',
  extension: '.rule',
  lineComment: '--',
  blockComment: { open: '{-', close: '-}' },
  blockStyle: 'braces',
  functionPattern: '^\\s*rule\\s+(?<name>\\w+)',
  importPattern: '^\\s*use\\s+\\w+',
});
const indentation = customLanguageSchema.parse({
  id: 'indentscript',
  extension: '.ind',
  lineComment: '#',
  blockStyle: 'indentation',
  functionPattern: '^\\s*to\\s+(?<name>\\w+)',
});
const keyword = customLanguageSchema.parse({
  id: 'endscript',
  extension: '.end',
  lineComment: '%',
  blockStyle: 'keyword',
  endKeyword: 'end',
  blockKeywords: ['if', 'while', 'func'],
  functionPattern: '^\\s*func\\s+(?<name>\\w+)',
});

async function clean(
  custom: CustomLanguage,
  signature: string,
  text: string,
  prompt?: string,
): Promise<CleanedText> {
  return cleanText({
    task: { id: 't', signature, entryPoint: null, prompt: prompt ?? null, language: custom.id },
    language: findLanguage(custom.id, [custom]),
    text,
    form: prompt === undefined ? 'chat' : 'completion',
  });
}

describe('a private language with braces', () => {
  it('finds the rule, its helpers and imports; braces in strings and comments do not count', async () => {
    const text =
      'Here\'s it:\n```rulescript\nuse money\nrule helper(a) {\n  out "}" -- }\n}\nrule main() { discount(1, 2) }\nrule discount(a, b) {\n  {- } -}\n  helper(a)\n}\n```\nDone.';
    const cleaned = await clean(braces, 'rule discount(a, b)', text);
    expect(cleaned.rejected).toBeNull();
    expect(cleaned.code).toBe(
      'use money\n\nrule helper(a) {\n  out "}" -- }\n}\n\nrule discount(a, b) {\n  {- } -}\n  helper(a)\n}',
    );
    expect(await clean(braces, 'rule discount(a, b)', cleaned.code)).toEqual(cleaned);
  });

  it.each([
    ['rule f(a) {\n  out a', 'incomplete'],
    ['rule f(a) {\n  out (a\n}', 'incomplete'],
    ['rule f(a) {\n  -- later\n}', 'empty-body'],
    ['nothing here', 'no-code'],
  ])('rejects %j', async (text, reason) => {
    expect((await clean(braces, 'rule f(a)', text)).rejected?.reason).toBe(reason);
  });

  it('joins a completion with its prompt', async () => {
    const cleaned = await clean(braces, 'rule f(a)', '  out a\n}\nrule g(b) {\n', 'rule f(a) {\n');
    expect(cleaned).toMatchObject({ code: 'rule f(a) {\n  out a\n}', rejected: null });
  });

  it('has keys that ignore comments and blanks but not strings', async () => {
    const key = async (text: string) => (await clean(braces, 'rule f(a)', text)).dedupeKey;
    expect(await key('rule f(a) {\n  out   "a  b" -- x\n\n}')).toBe(await key('rule f(a) {\nout "a  b"\n}'));
    expect(await key('rule f(a) {\n  out "a  b"\n}')).not.toBe(await key('rule f(a) {\n  out "a b"\n}'));
  });
});

describe('a private language with indentation', () => {
  it('takes the deeper lines', async () => {
    const text = 'Sure.\n\nto g x\n  x\n\nto f x\n  # note\n  g x\n\n  x\n# end\nThat was it.';
    const cleaned = await clean(indentation, 'to f x', text);
    expect(cleaned).toMatchObject({ code: 'to g x\n  x\n\nto f x\n  # note\n  g x\n\n  x', rejected: null });
  });

  it('rejects a body of comments', async () => {
    expect((await clean(indentation, 'to f x', 'to f x\n  # later\n')).rejected?.reason).toBe('empty-body');
  });

  it('keeps indentation in the key', async () => {
    const key = async (text: string) => (await clean(indentation, 'to f x', text)).dedupeKey;
    expect(await key('to f x\n  if x\n    y\n  z')).not.toBe(await key('to f x\n  if x\n    y\n    z'));
  });
});

describe('a private language with an end keyword', () => {
  const signature = 'func f(x)';

  it('counts the words that open blocks', async () => {
    const code = 'func f(x)\n  if x\n    out "end" % end\n  end\nend';
    const cleaned = await clean(keyword, signature, `It goes:\n${code}\nout f(1)`);
    expect(cleaned).toMatchObject({ code, rejected: null });
    expect((await clean(keyword, signature, 'func f(x)\n  if x\n    out 1\n  end\n')).rejected?.reason).toBe(
      'incomplete',
    );
  });

  it('goes by indentation when the openers are not known', async () => {
    const code = 'func f(x)\n  if x\n    out 1\n  end\nend';
    const cleaned = await clean({ ...keyword, blockKeywords: [] }, signature, `${code}\nout f(1)\nend`);
    expect(cleaned).toMatchObject({ code, rejected: null });
  });
});
