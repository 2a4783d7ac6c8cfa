import { describe, expect, it } from 'vitest';
import { findLanguage } from '../lang/find-language.ts';
import { cleanText } from './clean-text.ts';
import { renameFunction } from './rename-function.ts';

const python = findLanguage('python');

describe('renameFunction', () => {
  it('renames the definition and calls of itself, not text, comments, members or longer names', () => {
    const code = [
      'def fact(n: int) -> int:  # fact of n',
      '    "fact"',
      '    facts = other.fact + math.fact(n)',
      '    return 1 if n < 2 else n * fact(n - 1)',
    ].join('\n');
    expect(renameFunction(python, code, 'fact', 'f')).toBe(
      [
        'def f(n: int) -> int:  # fact of n',
        '    "fact"',
        '    facts = other.fact + math.fact(n)',
        '    return 1 if n < 2 else n * f(n - 1)',
      ].join('\n'),
    );
  });

  it('follows this and self', () => {
    const java = findLanguage('java');
    expect(renameFunction(java, 'int fact(int n) { return n * this.fact(n - 1); }', 'fact', 'f')).toBe(
      'int f(int n) { return n * this.f(n - 1); }',
    );
  });

  it('takes names literally and refuses a name that is taken', () => {
    expect(renameFunction(findLanguage('javascript'), 'function $a() { return $a; }', '$a', 'b$')).toBe(
      'function b$() { return b$; }',
    );
    expect(renameFunction(python, 'def total(f):\n    return f(1)', 'total', 'f')).toBeNull();
  });
});

describe('cleanText', () => {
  const clean = (text: string, signature = 'def f(xs):') =>
    cleanText({
      task: { id: 't', signature, entryPoint: 'f', prompt: null, language: 'python' },
      language: python,
      text,
      form: 'chat',
    });

  it('gives a function of another name the one that was asked for, and says from which', async () => {
    const cleaned = await clean('```python\ndef total(xs):\n    return sum(xs)\n```');
    expect(cleaned).toMatchObject({
      code: 'def f(xs):\n    return sum(xs)',
      named: true,
      renamedFrom: 'total',
      rejected: null,
    });
  });

  it('merges what differs only in that name', async () => {
    const keys = await Promise.all(
      ['total', 'f', 'add_up'].map(
        async (name) => (await clean(`def ${name}(xs):\n    return sum(xs)\n`)).dedupeKey,
      ),
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('leaves the name when the wanted one is taken', async () => {
    const cleaned = await clean('def total(xs):\n    f = 1\n    return sum(xs) + f\n');
    expect(cleaned).toMatchObject({ named: false, renamedFrom: null, rejected: null });
  });
});
