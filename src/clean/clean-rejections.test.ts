import { describe, expect, it } from 'vitest';
import { findLanguage } from '../lang/find-language.ts';
import { type CleanedText, type CleanOptions, cleanText } from './clean-text.ts';

async function clean(
  language: string,
  signature: string,
  text: string,
  options: Partial<CleanOptions> = {},
  prompt: string | null = null,
): Promise<CleanedText> {
  return cleanText({
    task: { id: 't', signature, entryPoint: null, prompt, language },
    language: findLanguage(language),
    text,
    form: prompt === null ? 'chat' : 'completion',
    options,
  });
}

const inPython = (text: string) => clean('python', 'def f(x):', text);
const inJava = (text: string) => clean('java', 'int f(int x) {', text);

describe('no-code', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \n\t\n', 'empty'],
    ['a refusal', "I'm sorry, I can't help with that.", 'no function f'],
    ['reasoning that never ends', '<think>\nLet me see.\ndef f(x):\n    return x', 'empty'],
    ['bytes', '\u0000\u0001\u0002PNG\u0000\ufffd\u0007'.repeat(50), 'no function f'],
  ])('for %s', async (_what, text, detail) => {
    const { rejected } = await inPython(text);
    expect(rejected?.reason).toBe('no-code');
    expect(rejected?.detail).toContain(detail);
  });

  it('keeps the text for people to see', async () => {
    expect((await inPython("  I'm sorry.\n")).code).toBe("I'm sorry.");
  });
});

describe('incomplete', () => {
  it.each([
    ['in a bracket', 'def f(x):\n    y = g(x,'],
    ['in a string', 'def f(x):\n    y = """abc\n    return'],
    ['after an operator', 'def f(x):\n    return x +'],
    ['before a block', 'def f(x):\n    for y in x:\n        if y:'],
    ['before a block, in a comment', 'def f(x):\n    if x:\n        # then'],
    ['in a try', 'def f(x):\n    try:\n        return g(x)'],
    [
      'after a bare return of a function that returns values',
      'def f(x):\n    if x:\n        return 1\n    return',
    ],
    ['where a line break is missing', 'def f(x):\n    return (x)import os\n'],
    ['by an old print statement', 'def f(x):\n    print "x"\n    return x'],
    ['in a helper that it uses', 'def f(x):\n    return g(x)\n\ndef g(y):\n    return ('],
  ])('Python cut off or broken %s', async (_what, text) => {
    expect((await inPython(text)).rejected?.reason).toBe('incomplete');
  });

  it('tells the line in the kept code', async () => {
    const { code, rejected } = await inPython(
      'import os\n\nprint(1)\n\ndef f(x):\n    y = os.sep\n    return (y,\n',
    );
    expect(code).toBe('import os\n\ndef f(x):\n    y = os.sep\n    return (y,');
    expect(rejected?.detail).toMatch(/^line [5-7]: /);
  });

  it('cannot tell a cut between two statements', async () => {
    expect((await inPython('def f(x):\n    y = x + 1')).rejected).toBeNull();
  });

  it.each([
    ['in a block', 'int f(int x) {\n  if (x > 0) {\n    return 1;'],
    ['one brace short', 'int f(int x) {\n  if (x > 0) {\n    return 1;\n  }\n'],
    ['in a class', 'class A {\n  int g() { return 1; }\n  int f(int x) {\n    return g('],
    ['with a missing semicolon', 'int f(int x) { return x }'],
    ['without a body', 'interface A { int f(int x); }'],
  ])('Java cut off %s', async (_what, text) => {
    expect((await inJava(text)).rejected?.reason).toBe('incomplete');
  });

  it.each([
    ['javascript', 'function f(x) {', 'function f(x) {\n  return [1, 2'],
    ['typescript', 'function f(x: number) {', 'function f(x: number) {\n  if (x) {\n    return `a'],
    ['go', 'func f(x int) int {', 'package p\n\nfunc f(x int) int {\n\tfor {\n'],
    ['rust', 'fn f(x: i32) -> i32 {', 'fn f(x: i32) -> i32 {\n    match x {\n        0 => 1,'],
    ['cpp', 'int f(int x) {', '#include <x>\nint f(int x) {\n  for (int i = 0; i < 3; i++) {\n'],
    ['csharp', 'int F(int x)', 'class A {\n  int F(int x)\n  {\n    return 1;\n'],
  ])('%s cut off', async (language, signature, text) => {
    expect((await clean(language, signature, text)).rejected?.reason).toBe('incomplete');
  });

  it('does not take a sound helper for the function that is broken', async () => {
    const { rejected, code } = await inPython('def g(x):\n    return x\n\ndef f(x):\n    return g(x,\n');
    expect(rejected?.reason).toBe('incomplete');
    expect(code).toContain('def f(x)');
  });
});

describe('empty-body', () => {
  it.each([
    ['python', 'def f(x):', 'def f(x):\n    """Does it."""\n    # to be done\n    pass'],
    ['python', 'def f(x):', 'def f(x): ...'],
    ['python', 'def f(x):', 'def f(x):\n    # your code here\n'],
    ['java', 'void f(int x) {', 'void f(int x) {\n  // your code here\n  ;\n}'],
    ['javascript', 'function f(x) {', 'const f = (x) => { /* later */ };'],
    ['typescript', 'function f(x: number) {', 'function f(x: number): void {}'],
    ['go', 'func f(x int) {', 'package p\nfunc f(x int) {\n\t// TBD\n}'],
    ['rust', 'fn f(x: i32) {', 'fn f(x: i32) {\n    // later\n}'],
    ['cpp', 'void f(int x) {', 'void f(int x) {\n  ;\n}'],
    ['csharp', 'void F(int x)', 'void F(int x) { /* later */ }'],
  ])('%s: %s', async (language, signature, text) => {
    expect((await clean(language, signature, text)).rejected?.reason).toBe('empty-body');
  });

  it('a completion that adds nothing to its prompt', async () => {
    const prompt = 'def f(x):\n    """Doc."""\n';
    expect((await clean('python', 'def f(x):', '', {}, prompt)).rejected?.reason).toBe('empty-body');
    expect((await clean('python', 'def f(x):', '    ####\n', {}, prompt)).rejected?.reason).toBe(
      'empty-body',
    );
  });
});

describe('non-ascii', () => {
  const text = 'def f(x):\n    y = 1\n    return "é"';

  it('only when the rule is on, with the line', async () => {
    expect((await clean('python', 'def f(x):', text)).rejected).toBeNull();
    expect((await clean('python', 'def f(x):', text, { asciiOnly: true })).rejected).toEqual({
      reason: 'non-ascii',
      detail: 'line 3: "é"',
    });
  });

  it('looks at the code, not at the prose around it', async () => {
    const answer = 'Voilà:\n```python\ndef f(x):\n    return x\n```';
    expect((await clean('python', 'def f(x):', answer, { asciiOnly: true })).rejected).toBeNull();
  });
});

describe('too-large', () => {
  it('does not parse a 5 MB output, and keeps its beginning', async () => {
    const text = 'def f(x):\n    return x\n'.repeat(220_000);
    const cleaned = await inPython(text);
    expect(cleaned.rejected).toEqual({
      reason: 'too-large',
      detail: `${text.length} characters, at most 100000`,
    });
    expect(cleaned.code).toBe(text.slice(0, 10_000));
  });

  it('finds a small block in a large answer', async () => {
    const answer = `${'Let me explain. '.repeat(20_000)}\n\`\`\`python\ndef f(x):\n    return x\n\`\`\``;
    expect((await inPython(answer)).code).toBe('def f(x):\n    return x');
  });

  it('does not cut a character in half when it clips', async () => {
    expect((await inPython(`${'x'.repeat(9_999)}😀`)).code).toBe('x'.repeat(9_999));
  });
});
