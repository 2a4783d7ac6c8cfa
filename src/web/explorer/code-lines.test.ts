import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinLanguages } from '../../lang/builtin-languages.ts';
import { python } from '../../lang/languages/python.ts';
import { codeLines } from './code-lines.ts';

it('colours keywords, numbers, strings and comments, strings over lines, too', () => {
  const code = 'def f2(x=1.5):\n    """a\n    b"""  # c\n    return x';
  const lines = codeLines(code, 'python', python).map((pieces) =>
    pieces.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`),
  );
  expect(lines).toEqual([
    ['keyword def', 'number 1.5'],
    ['string """a'],
    ['string     b"""', 'comment # c'],
    ['keyword return'],
  ]);
});

it('keeps every character, whatever the text and the language', () => {
  const text = fc.array(
    fc.oneof(fc.constantFrom('"', "'", '#', '//', '/*', '*/', '\n', '\\', 'def', '12', ' '), fc.string()),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...builtinLanguages), fc.boolean(), (parts, language, isKnown) => {
      const code = parts.join('');
      const lines = codeLines(code, isKnown ? language.id : 'constructor', isKnown ? language : undefined);
      expect(lines.map((pieces) => pieces.map((piece) => piece.text).join('')).join('\n')).toBe(code);
    }),
  );
});
