import { describe, expect, it } from 'vitest';
import { builtinLanguages } from './builtin-languages.ts';
import { findLanguage } from './find-language.ts';
import type { Language } from './language.ts';
import { loadParser, withTree } from './parser.ts';

const python = findLanguage('python');

describe('withTree', () => {
  const withGrammar = builtinLanguages.filter(({ grammar }) => grammar !== null);
  it.each(withGrammar.map((language) => [language.id, language] as const))(
    '%s has a grammar that loads and sees a missing brace or bracket',
    async (_id, language) => {
      expect(await withTree(language, 'f(', (root) => root.hasError)).toBe(true);
    },
  );

  it('passes on what the reader throws, and goes on working', async () => {
    await expect(
      withTree(python, 'x', () => {
        throw new Error('bug in the reader');
      }),
    ).rejects.toThrow('bug in the reader');
    expect(await withTree(python, 'x = 1', (root) => root.hasError)).toBe(false);
  });

  it('replaces a runtime that broke down, also for calls that wait for it', async () => {
    const broken = withTree(python, 'x', () => {
      throw new WebAssembly.RuntimeError('table index is out of bounds');
    });
    const waiting = withTree(python, 'y = 2', (root) => root.text);
    expect(await broken).toBeNull();
    expect(await waiting).toBe('y = 2');
    expect(await withTree(findLanguage('java'), 'int x;', (root) => root.hasError)).toBe(false);
  });

  it('gives up on text that takes far more steps than code', async () => {
    expect(await withTree(findLanguage('java'), 'a<'.repeat(40_000), (root) => root.text)).toBeNull();
    expect(await withTree(findLanguage('java'), 'int x;', (root) => root.hasError)).toBe(false);
  });
});

describe('loadParser', () => {
  it('says which grammar cannot be loaded', async () => {
    const language: Language = { ...python, grammar: 'nonsense' };
    await expect(loadParser(language)).rejects.toMatchObject({ code: 'engine' });
    await expect(loadParser(language)).rejects.toThrow('"nonsense"');
  });

  it('says that a language has none', () => {
    expect(() => loadParser({ ...python, grammar: null })).toThrow(
      expect.objectContaining({ code: 'capability' }),
    );
  });
});
