import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLanguage } from '../lang/find-language.ts';
import { cleanText } from './clean-text.ts';
import { isCompleteAnswer } from './is-complete-answer.ts';
import { beginningSources } from './sources.ts';

const SIGNATURES: Readonly<Record<string, string>> = {
  python: 'def f(x):',
  java: 'public static int f(int x) {',
  javascript: 'function f(x) {',
  typescript: 'function f(x: number): number {',
  go: 'func f(x int) int {',
};

/** Functions as models write them, the wanted one mostly; some need what is not there. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  python: [
    'def f(x):\n    return x\n',
    'def f(x):\n    return g(x)\n',
    'def f(x, y):\n    return x\n',
    'def f(x):\n    pass\n',
    'def f(x):\n    return math.sqrt(x)\n',
    'def g(x):\n    return x + 1\n',
    'class A:\n    def f(self, x):\n        return x\n',
    'import math\n',
    'f = lambda x: x + 2\n',
    'x = [1]\nprint(f(x))\n',
  ],
  java: [
    'public static int f(int x) {\n  return x;\n}\n',
    'class A {\n  public static int f(int x) {\n    return Math.abs(x);\n  }\n}\n',
    'class A {\n  static int f(int x) {\n    return g(x);\n  }\n}\n',
    'class A {\n  static int g(int x) {\n    return x;\n  }\n}\n',
    'import java.util.*;\n',
    'static int f(int x, int y) {\n  return x;\n}\n',
  ],
  javascript: [
    'function f(x) {\n  return x;\n}\n',
    'const f = (x) => g(x);\n',
    'const g = (x) => x;\n',
    'console.log(f(1));\n',
  ],
  typescript: [
    'function f(x: number): number {\n  return x;\n}\n',
    'function f(x: number): number;\n',
    'const g = (x: number): number => f(x);\n',
  ],
  go: [
    'func f(x int) int {\n\treturn x\n}\n',
    'func f(x int) int {\n\treturn g(x)\n}\n',
    'func g(x int) int {\n\treturn x\n}\n',
    'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(f(1))\n}\n',
  ],
};

const NOISE = [
  '```\n',
  '```text\n',
  '~~~\n',
  '```markdown\n',
  'Here is the function:\n',
  "It doesn't do `much`.\n",
  '\n',
  '1. ',
  '   ',
  '> ',
  '"""\n',
  '/*\n',
  '{\n',
  ')\n',
  '<think>\n',
  '\r\n',
  '\u001b]0;',
  '\u0007',
  'é',
  '\ud800',
  '<|im_end|>',
  '# f\n',
];

const request = (id: string, signature = SIGNATURES[id] ?? '') => ({
  task: { id: 't', signature, entryPoint: null, prompt: null, language: id },
  language: findLanguage(id),
});

/** Where the answer could have ended: the text up to the first line end at which it is complete; null when there is none. */
async function cutText(id: string, text: string): Promise<string | null> {
  for (const { index } of text.matchAll(/\n/g)) {
    const soFar = text.slice(0, index + 1);
    if (await isCompleteAnswer(request(id), soFar)) {
      return soFar;
    }
  }
  return null;
}

const isComplete = (text: string, id = 'python') => isCompleteAnswer(request(id), text);

describe('isCompleteAnswer', () => {
  it('is true only where cleaning gives the same, whatever follows', async () => {
    let complete = 0;
    const answers = fc.constantFrom(...Object.keys(SIGNATURES)).chain((id) => {
      const blocks = fc
        .constantFrom(...(FUNCTIONS[id] ?? []))
        .chain((code) =>
          fc.constantFrom(
            `\`\`\`${id}\n${code}\`\`\`\n`,
            `\`\`\`${id}\n${code}\`\`\`\n`,
            `Next:\n\n  \`\`\`${id}\n  ${code.replaceAll('\n', '\n  ')}\`\`\`\n`,
            `~~~${id}\n${code}~~~\n`,
            `\`\`\`\n${code}\`\`\`\n`,
            `\`\`\`${id}\n${code}`,
            code,
          ),
        );
      const pieces = fc.array(fc.oneof({ weight: 3, arbitrary: blocks }, fc.constantFrom(...NOISE)), {
        minLength: 1,
        maxLength: 6,
      });
      return fc.tuple(fc.constant(id), pieces);
    });
    await fc.assert(
      fc.asyncProperty(answers, async ([id, pieces]) => {
        const text = pieces.join('');
        const cut = await cutText(id, text);
        if (cut !== null) {
          complete += cut.length < text.length ? 1 : 0;
          const clean = (part: string) => cleanText({ ...request(id), text: part, form: 'chat' });
          expect(await clean(cut)).toEqual(await clean(text));
        }
      }),
      { numRuns: 1500 },
    );
    expect(complete).toBeGreaterThan(200);
  });

  it('is true at the end of the block with the function, not before', async () => {
    const block = 'Sure:\n```python\ndef f(x):\n    return x\n```\n';
    expect(await cutText('python', `${block}Explanation.\n\`\`\`python\nf(1)\n\`\`\`\n`)).toBe(block);
    expect(
      await cutText('java', '```java\nclass A {\n  int f(int x) {\n    return x;\n  }\n}\n```\nx\n'),
    ).toBe('```java\nclass A {\n  int f(int x) {\n    return x;\n  }\n}\n```\n');
  });

  it.each([
    ['a helper that may follow', '```python\ndef f(x):\n    return g(x)\n```\n'],
    ['a helper in a format string', '```python\ndef f(x):\n    return f"{g(x)}"\n```\n'],
    ['an import that may follow', '```python\ndef f(x):\n    return math.sqrt(x)\n```\n'],
    ['another name', '```python\ndef g(x):\n    return x\n```\n'],
    ['another number of parameters', '```python\ndef f(x, y):\n    return x\n```\n'],
    ['no body', '```python\ndef f(x):\n    ...\n```\n'],
    ['a syntax error', '```python\ndef f(x):\n    return (x\n```\n'],
    ['no tag, where a tagged block would come first', '```\ndef f(x):\n    return x\n```\n'],
    ['reasoning that is not over', '<think>\n```python\ndef f(x):\n    return x\n```\n'],
    ['a terminal escape that may reach further', '\u001b]0;\n```python\ndef f(x):\n    return x\n```\n'],
    ['no fence', 'def f(x):\n    return x\n'],
    ['a fence inside a text that is code', 'def f(x):\n    """\n```python\ndef f(x): return x\n```\n'],
    ['an open block', '```python\ndef f(x):\n    return x\n```\n```\n'],
  ])('is false with %s', async (_what, text) => {
    expect(await isComplete(text)).toBe(false);
  });

  it.each([
    [
      'a helper before it',
      '```python\ndef g(x):\n    return x\n```\n```python\ndef f(x):\n    return g(x)\n```\n',
    ],
    [
      'imports, built-in names, locals, methods and named arguments',
      '```python\nimport math\nfrom a import b as c\n\nLIMIT = 3\n\ndef f(x):\n    try:\n        y = sorted(x, key=len)\n    except ValueError as error:\n        raise TypeError(error)\n    y.append(math.inf)\n    return c(*[z for z in y if z < LIMIT])\n```\n',
    ],
    ['reasoning before it', '<think>\n```python\n```\n</think>\n```python\ndef f(x):\n    return x\n```\n'],
  ])('is true with %s', async (_what, text) => {
    expect(await isComplete(text)).toBe(true);
  });

  it('knows keys of objects from names', async () => {
    const block = (value: string) => `\`\`\`js\nfunction f(x) {\n  return { ${value} };\n}\n\`\`\`\n`;
    expect(await isComplete(block('low: x, high: Math.max(...x)'), 'javascript')).toBe(true);
    expect(await isComplete(block('low: g(x)'), 'javascript')).toBe(false);
    expect(await isComplete(block('...g'), 'javascript')).toBe(false);
  });

  it('tries an answer that repeats itself only a few times', async () => {
    const text = '```python\ndef f(x, y):\n    return x\n```\n'.repeat(190);
    const beginnings = beginningSources({
      language: findLanguage('python'),
      text,
      name: 'f',
      maxLength: 1e6,
    });
    expect(beginnings.toArray().length).toBeLessThan(10);
    expect(await isComplete(text)).toBe(false);
  });
});
