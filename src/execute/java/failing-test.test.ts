import { describe, expect, it } from 'vitest';
import { failingTest } from './failing-test.ts';
import { programText } from './program-text.ts';

const TOKEN = '<t>';

/** The tests' line that holds the text, in a program with a candidate of three lines. */
function look(after: string, lineWith: string, name: string | null = 'f') {
  const text = programText({
    code: 'static int f(int x) {\n  return x;\n}',
    tests: { before: 'class Problem {\n', after },
  });
  const line = text.source.slice(0, text.source.indexOf(lineWith)).split('\n').length;
  return { ...failingTest(text, line, name, TOKEN), text };
}

const told = (...values: string[]) => values.map((value) => TOKEN + value).join('');

describe('failingTest', () => {
  it('an assertion: the call, and a statement that throws both sides instead', () => {
    const { input, probe, text } = look('  assert(f(1) == 2);\n  assert(f(2) == 3);\n', 'f(2)');
    expect(input).toBe('f(2)');
    expect(probe?.source).toContain('assert(f(1) == 2);\n  if (true) throw new AssertionError("<t>" + ');
    expect(probe?.source).toContain('.apply(f(2)) + "<t>" + ');
    expect(probe?.source).not.toContain('assert(f(2)');
    expect(probe?.source.split('\n').length).toBe(text.source.split('\n').length);
    expect(probe?.read(told('7', '3'))).toEqual({ input: 'f(2)', expected: '3', actual: '7' });
  });

  it('an assertion over several lines, with a message and with semicolons in strings', () => {
    const { probe } = look('  assert f(1)\n    == g(";") : "not; so";\n  end();\n', 'assert');
    expect(probe?.source).toContain('.apply(g(";")));\n  end();');
    expect(probe?.read(told('1', '2'))).toEqual({ input: 'f(1)', expected: '2', actual: '1' });
  });

  it('an assertion of a truth value', () => {
    const { probe } = look('  assert(!f(1));\n', 'assert');
    expect(probe?.read(told('true'))).toEqual({ input: 'f(1)', expected: 'false', actual: 'true' });
  });

  it('a comparison of variables, of which the first was set to the call (MBXP)', () => {
    const { input, probe } = look(
      '  int x0 = Problem.f(10);\n  int v0 = 11;\n  if (!(compare(x0, v0))) {\n    throw new java.lang.Exception("no");\n  }\n',
      'throw',
    );
    expect(input).toBe('Problem.f(10)');
    expect(probe?.source).toContain('.apply(x0) + "<t>" + ');
    expect(probe?.read(told('10', '11'))).toEqual({
      input: 'Problem.f(10)',
      expected: '11',
      actual: '10',
    });
  });

  it('a list of conditions, of which one is false (HumanEval-X)', () => {
    const { input, probe } = look(
      '  List<Boolean> ok = Arrays.asList(\n    s.f(1) == 1,\n    s.f(2) == 3\n  );\n  if (ok.contains(false)) {\n    throw new AssertionError();\n  }\n',
      'throw',
    );
    expect(input).toBeNull();
    expect(probe?.read(told('[true, false]'))).toEqual({
      input: 's.f(2) == 3',
      expected: 'true',
      actual: 'false',
    });
  });

  it('any other statement: the call in it, without another run', () => {
    expect(look('  int y = Problem.f(g(1), 2) + 1;\n', 'int y')).toMatchObject({
      input: 'Problem.f(g(1), 2)',
      probe: null,
    });
    expect(look('  int y = g(1);\n', 'int y')).toMatchObject({ input: null, probe: null });
    expect(look('  int y = f(1);\n', 'int y', null)).toMatchObject({ input: null, probe: null });
    expect(look('  throw new Exception();\n', 'throw')).toMatchObject({ input: null, probe: null });
  });

  it('knows nothing of a statement without an end', () => {
    expect(look('  assert(f(1) == 2)\n}\n', 'assert')).toMatchObject({ input: null, probe: null });
  });

  it('believes only a message that begins with the token', () => {
    const { probe } = look('  assert(f(1) == 2);\n', 'assert');
    expect(probe?.read('7')).toBeNull();
    expect(probe?.read(`said ${told('7', '3')}`)).toBeNull();
  });

  it('cuts what is too long', () => {
    const { input, probe } = look(`  assert(f("${'a'.repeat(1000)}") == 2);\n`, 'assert');
    expect(input).toHaveLength(400);
    expect(probe?.read(told('b'.repeat(800), '2'))?.actual).toHaveLength(400);
  });
});
