import { describe, expect, it } from 'vitest';
import { customLanguageSchema } from '../../contracts/custom-language.ts';
import { findLanguage } from '../../lang/find-language.ts';
import { languageOfCustom } from '../../lang/language-of-custom.ts';
import { codeTokens } from './code-tokens.ts';

describe('codeTokens', () => {
  it('reads Java as its lexer does: no comments, no white space, literals whole', async () => {
    const code = '/** Adds. */ int f(int a) { // one\n return a >>> 1 + "x /* y */ z".length() + \' \'; }';
    expect(await codeTokens(findLanguage('java'), code)).toEqual([
      ...['int', 'f', '(', 'int', 'a', ')', '{', 'return', 'a', '>>>', '1', '+', '"x /* y */ z"'],
      ...['.', 'length', '(', ')', '+', "' '", ';', '}'],
    ]);
  });

  it('reads Python without its white space; a docstring is a literal', async () => {
    const code = 'def f(a):\n    """Doc."""\n    # why\n    return f"{a} b" is not None\n';
    expect(await codeTokens(findLanguage('python'), code)).toEqual([
      ...['def', 'f', '(', 'a', ')', ':', '"""Doc."""', 'return', 'f"{a} b"', 'is', 'not', 'None'],
    ]);
  });

  it('reads code that is broken or empty', async () => {
    const python = findLanguage('python');
    expect(await codeTokens(python, 'def f(a:\n  return (a')).toEqual(
      expect.arrayContaining(['def', 'f', '(', 'a', ':', 'return']),
    );
    expect(await codeTokens(python, '')).toEqual([]);
    expect(await codeTokens(python, '# only a comment')).toEqual([]);
  });

  it('keeps offsets right beyond the basic plane', async () => {
    expect(await codeTokens(findLanguage('python'), 'a = "😀 é"\nb = 2')).toEqual([
      ...['a', '=', '"😀 é"', 'b', '=', '2'],
    ]);
  });

  it('without a grammar takes strings, words, numbers and single characters', async () => {
    const language = languageOfCustom(
      customLanguageSchema.parse({
        id: 'mine',
        extension: '.mine',
        lineComment: '--',
        blockStyle: 'braces',
        functionPattern: '(?<name>x)',
      }),
    );
    expect(language.grammar).toBeNull();
    expect(await codeTokens(language, 'let x1 = 3.5e2 -- why\nprint("a b") <= größe')).toEqual([
      ...['let', 'x1', '=', '3.5e2', 'print', '(', '"a b"', ')', '<', '=', 'größe'],
    ]);
  });
});
