import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinLanguages } from './builtin-languages.ts';
import { findLanguage } from './find-language.ts';
import { maskSource, splitSource } from './split-source.ts';

describe('maskSource', () => {
  it('blanks comments and string contents, keeps length and line breaks', () => {
    const source = 'x = "a#b" # note\n"""doc\n# no"""\ny';
    expect(maskSource(findLanguage('python'), source)).toBe('x = "   "       \n"     \n      "\ny');
    expect(maskSource(findLanguage('python'), source, true)).toBe('x = "a#b"       \n"""doc\n# no"""\ny');
  });

  it('reads escapes, raw strings and nested delimiters', () => {
    expect(maskSource(findLanguage('java'), 'f("a\\"{", \'}\'); /* { */ {')).toBe(
      'f("    ", " ");         {',
    );
    expect(maskSource(findLanguage('go'), 'a := `\\`+ "//" // {')).toBe('a := " "+ "  "     ');
    expect(maskSource(findLanguage('csharp'), '@"C:\\" + x')).toBe('"    " + x');
  });

  it('ends an unclosed line string with its line', () => {
    expect(maskSource(findLanguage('javascript'), "it's here\nf() {")).toBe('it"     "\nf() {');
  });
});

describe('splitSource', () => {
  it('covers any text without gaps or overlaps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...builtinLanguages),
        fc.string({ unit: fc.constantFrom('a', '"', "'", '`', '\\', '\n', '/', '*', '#', '@') }),
        (language, source) => {
          let end = 0;
          for (const segment of splitSource(language, source)) {
            expect(segment.start).toBe(end);
            expect(segment.end).toBeGreaterThan(segment.start);
            end = segment.end;
          }
          expect(end).toBe(source.length);
          expect(maskSource(language, source)).toHaveLength(source.length);
        },
      ),
    );
  });
});
