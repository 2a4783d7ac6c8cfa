import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customLanguageSchema } from '../contracts/custom-language.ts';
import { builtinLanguages } from '../lang/builtin-languages.ts';
import type { Language } from '../lang/language.ts';
import { languageOfCustom } from '../lang/language-of-custom.ts';
import { cleanText } from './clean-text.ts';
import { tokenKey } from './dedupe-key.ts';

const custom = languageOfCustom(
  customLanguageSchema.parse({
    id: 'rules',
    extension: '.rules',
    lineComment: '#',
    blockStyle: 'keyword',
    endKeyword: 'end',
    functionPattern: '^\\s*def\\s+(?<name>\\w+)',
  }),
);
const languages: readonly Language[] = [...builtinLanguages, custom];

const signatures: Readonly<Record<string, string>> = {
  python: 'def f(x):',
  java: 'public static int f(int x) {',
  javascript: 'function f(x) {',
  typescript: 'function f(x: number): number {',
  go: 'func f(x int) int {',
  rust: 'fn f(x: i32) -> i32 {',
  cpp: 'int f(int x) {',
  csharp: 'public static int f(int x) {',
  rules: 'def f x',
};

/** Pieces of answers: glued together at random they are every kind of half-right output. */
const pieces = [
  ...Object.values(signatures),
  '    return x\n',
  '  return x;\n',
  '}\n',
  '{',
  '\n',
  '```\n',
  '```python\n',
  '~~~\n',
  "it's",
  '"',
  '"""',
  '(',
  ')',
  '[',
  '<',
  '# note\n',
  '// note\n',
  '/*',
  '*/',
  'class A {\n',
  'class A:\n',
  'import os\n',
  'import java.util.*;\n',
  'def g(y):\n',
  'end\n',
  'int g(int y) { return f(y); }\n',
  '<think>\n',
  '</think>\n',
  'if x:\n',
  'print(f(1))\n',
  '\u0000',
  '\ud800',
  'é',
  '\t',
  '@A\n',
  ';',
];
const glued = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join(''));
const bodies: Readonly<Record<string, string>> = { python: '\n    return x\n', rules: '\n  out x\nend\n' };

/** An output for the language: noise, or noise around a whole function. */
function outputFor(language: Language): fc.Arbitrary<string> {
  const whole = `\n${signatures[language.id]}${bodies[language.id] ?? '\n  return g(x);\n}\n'}`;
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.tuple(glued, glued).map((parts) => parts.join('')),
    fc.tuple(glued, glued).map((parts) => parts.join(whole)),
  );
}

async function clean(language: Language, text: string, form: 'chat' | 'completion') {
  const signature = signatures[language.id] ?? '';
  const task = { id: 't', signature, entryPoint: null, prompt: null, language: language.id };
  return cleanText({ task, language, text, form });
}

describe('cleanText on any output', () => {
  it('never throws, and leaves what it accepted as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom(...languages)
          .chain((language) => fc.tuple(fc.constant(language), outputFor(language))),
        fc.constantFrom('chat' as const, 'completion' as const),
        async ([language, text], form) => {
          const cleaned = await clean(language, text, form);
          if (cleaned.rejected === null) {
            // The second time it has the wanted name already.
            const once = { ...cleaned, renamedFrom: null };
            expect(await clean(language, cleaned.code, 'chat')).toEqual(once);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

/** Statements whose blank space and comments can be varied at will. */
const blank = fc.constantFrom(' ', '  ', ' /* c */ ', '\n', ' // note\n  ');
const braced = fc.array(
  fc.constantFrom('x = x + 1 ;', 'g ( x , 2 ) ;', 'if ( x ) { y = "a  b" ; }', 'while ( y ) { y = y - 1 ; }'),
  { minLength: 1, maxLength: 5 },
);

describe('tokenKey', () => {
  it('is the same whatever blanks and comments stand between tokens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('java', 'javascript', 'typescript', 'cpp', 'csharp'),
        braced,
        fc.infiniteStream(blank),
        async (id, statements, blanks) => {
          const language = builtinLanguages.find((entry) => entry.id === id) as Language;
          const plain = `${signatures[id]} ${statements.join(' ')} return x ; }`;
          const varied = plain
            .split(/("[^"]*")/)
            .map((part, index) => (index % 2 === 1 ? part : part.replace(/ (?=[^ ])/g, () => nextOf(blanks))))
            .join('')
            // A line break after return would end the statement.
            .replace(/return[\s\S]*?x/, 'return x');
          expect(await tokenKey(language, varied)).toBe(await tokenKey(language, plain));
        },
      ),
      { numRuns: 200 },
    );
  });

  const python = builtinLanguages.find(({ id }) => id === 'python') as Language;

  it('is the same for Python code that differs in comments, docstrings, blank lines and width of indentation', async () => {
    const one = 'def f(x):\n  if x:  # note\n\n    return [1,2]\n  return "a"';
    const two = 'def f(x):\n    """Doc."""\n    if x:\n        return [ 1, 2 ]\n    # end\n    return "a"';
    expect(await tokenKey(python, one)).toBe(await tokenKey(python, two));
  });

  it.each([
    ['indentation', 'def f(x):\n  if x:\n    a()\n  b()', 'def f(x):\n  if x:\n    a()\n    b()'],
    ['a line break', 'def f(x):\n  a\n  (b)', 'def f(x):\n  a(b)'],
    ['a string', 'def f(x):\n  return "a  b"', 'def f(x):\n  return "a b"'],
    ['a string that is no docstring', 'def f(x):\n  y = "a"\n  return y', 'def f(x):\n  y = "b"\n  return y'],
    ['a name', 'def f(x):\n  return x', 'def f(y):\n  return y'],
  ])('differs by %s', async (_what, one, two) => {
    expect(await tokenKey(python, one)).not.toBe(await tokenKey(python, two));
  });
});

function nextOf(stream: Iterator<string>): string {
  return stream.next().value;
}
