import { describe, expect, it } from 'vitest';
import { findLanguage } from '../lang/find-language.ts';
import { canonicalCode, isTrivialCode } from './canonical-code.ts';

const python = findLanguage('python');
const java = findLanguage('java');

describe('canonicalCode', () => {
  it('leaves out comments, docstrings and spoken text, and calls the function f', () => {
    const code = [
      'def add(a, b):',
      '    """Adds two numbers."""',
      '    # the sum',
      '    if a is None:',
      "        raise ValueError('a is missing')",
      '    print("adding", a)',
      "    return add_all([a, b], 'kept')  # done",
    ].join('\n');
    expect(canonicalCode(python, code, 'add')).toBe(
      [
        'def f(a, b):',
        '    if a is None:',
        '        raise ValueError("")',
        '    print("", a)',
        "    return add_all([a, b], 'kept')",
      ].join('\n'),
    );
  });

  it('keeps strings that are values, and the name where f is taken', () => {
    const code = 'def g(f):\n    x = """a:\n  """\n    return f(x)';
    expect(canonicalCode(python, code, 'g')).toBe(code);
    expect(canonicalCode(java, 'int g() { // one\n  throw new X("no"); }', null)).toBe(
      'int g() {\n  throw new X(""); }',
    );
  });
});

describe('isTrivialCode', () => {
  it.each([
    ['def f(x):\n    pass', true],
    ['def f(x):\n    """Does it."""\n    return', true],
    ['def f(x):\n    return x', false],
    ['def f(x):\n    def g(y):\n        pass\n    return g', false],
  ])('%j: %s', (code, expected) => {
    expect(isTrivialCode(python, code)).toBe(expected);
  });
  it('knows braces', () => {
    expect(isTrivialCode(java, 'void f(int x) {\n    return;\n}')).toBe(true);
    expect(isTrivialCode(java, 'int f(int x) {\n    return x;\n}')).toBe(false);
  });
});
