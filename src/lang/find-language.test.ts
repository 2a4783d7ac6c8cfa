import { describe, expect, it } from 'vitest';
import { customLanguageSchema } from '../contracts/custom-language.ts';
import { CodejuryError } from '../errors.ts';
import { builtinLanguages } from './builtin-languages.ts';
import { findLanguage } from './find-language.ts';
import { loadParser } from './parser.ts';

const rules = customLanguageSchema.parse({
  id: 'rules',
  extension: '.rules',
  blockStyle: 'keyword',
  endKeyword: 'end',
  functionPattern: '^\\s*rule\\s+(?<name>\\w+)',
});

function faultOf(run: () => unknown): CodejuryError {
  try {
    run();
  } catch (error) {
    if (error instanceof CodejuryError) {
      return error;
    }
  }
  throw new Error('expected a CodejuryError');
}

describe('findLanguage', () => {
  it('finds by id and by alias, case ignored', () => {
    expect(findLanguage('python').id).toBe('python');
    expect(findLanguage('C++').id).toBe('cpp');
    expect(findLanguage(' JS ').id).toBe('javascript');
    expect(findLanguage('c#').id).toBe('csharp');
  });

  it('finds a private language, and prefers it to a built-in one of the same id', () => {
    expect(findLanguage('Rules', [rules])).toMatchObject({ id: 'rules', grammar: null, fences: ['rules'] });
    expect(findLanguage('go', [{ ...rules, id: 'go' }]).grammar).toBeNull();
  });

  it('names the nearest and all known ids', () => {
    const error = faultOf(() => findLanguage('pyhton', [rules]));
    expect(error.code).toBe('usage');
    expect(error.message).toContain('"pyhton"');
    expect(error.message).toContain('rust, cpp, csharp, lua, ruby, rules');
    expect(error.hint).toContain('"python"');
    expect(faultOf(() => findLanguage('x', [], 'set/1')).message).toMatch(
      /^task set\/1: unknown language "x"/,
    );
  });

  it('says how to describe a language when nothing is near', () => {
    expect(faultOf(() => findLanguage('cobol-85')).hint).toContain('--language-file');
  });
});

describe('builtinLanguages', () => {
  it('has no id, alias or first fence twice', () => {
    const names = builtinLanguages.flatMap(({ id, aliases }) => [id, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    const fences = builtinLanguages.flatMap((language) => language.fences);
    expect(new Set(fences).size).toBe(fences.length);
  });

  const withGrammar = builtinLanguages.filter(({ grammar }) => grammar !== null);
  it.each(withGrammar.map((language) => [language.id, language] as const))(
    '%s names only node types that its grammar has',
    async (_id, language) => {
      const parser = await loadParser(language);
      const known = new Set(parser.language?.types);
      const named = Object.values(language.nodes ?? {}).flat();
      expect(named.filter((type) => !known.has(type))).toEqual([]);
    },
  );
});
