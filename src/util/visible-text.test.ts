import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleLine, visibleText } from './visible-text.ts';

const ESCAPE = '\u001b';

it('writes what a terminal would obey as escapes', () => {
  expect(visibleText(`a${ESCAPE}]0;title\u0007b\rc\u007f\u009b2J\0`)).toBe(
    'a\\x1b]0;title\\x07b\\x0dc\\x7f\\x9b2J\\x00',
  );
});

it('writes what turns the reading order, or ends a line elsewhere, as escapes', () => {
  expect(visibleText('\u202eabc\u202c \u2066x\u2069 \u2028')).toBe(
    '\\u202eabc\\u202c \\u2066x\\u2069 \\u2028',
  );
});

it('leaves line feeds, tabs, and every script alone', () => {
  const text = 'def f():\n\treturn "é, 日本, عربى, 👩‍👩‍👧"\n';
  expect(visibleText(text)).toBe(text);
  expect(visibleText('a\r\nb')).toBe('a\nb');
});

it('makes one line of several', () => {
  expect(visibleLine('def f(\r\n    a: int,\n\tb\tc\n) -> int:')).toBe('def f( a: int, b c ) -> int:');
});

it('lets no control through, whatever comes, and changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(text)).not.toMatch(/[^\P{Cc}\n\t]/u);
      expect(visibleLine(text)).not.toMatch(/\p{Cc}/u);
      expect(visibleText(visibleText(text))).toBe(visibleText(text));
    }),
  );
});
