import { describe, expect, it } from 'vitest';
import { findLanguage } from '../../lang/find-language.ts';
import { exampleCalls, extractAsserts } from './extract-asserts.ts';

const python = findLanguage('python');

describe('extractAsserts', () => {
  it('takes the first that parse and call the function, over several lines too', async () => {
    const text = [
      'assert f(1) == 2',
      'assert f(',
      '    [1, 2],',
      ') == g(3), "why"',
      'assert other(1) == 2',
      'assert f(1 == 2',
      'print(f(9))',
      'assert not f("assert")',
      'assert f(4) == 5',
      'assert f(6',
    ].join('\n');
    expect(await extractAsserts(python, text, 'f', 5)).toEqual([
      { statement: 'assert f(1) == 2', call: 'f(1)' },
      { statement: 'assert f(\n    [1, 2],\n) == g(3), "why"', call: 'f(\n    [1, 2],\n)' },
      { statement: 'assert not f("assert")', call: 'f("assert")' },
      { statement: 'assert f(4) == 5', call: 'f(4)' },
    ]);
    expect(await extractAsserts(python, text, 'f', 1)).toHaveLength(1);
  });
});

it('exampleCalls reads the examples of a docstring', () => {
  const prompt = 'def f(x):\n    """ Adds.\n    >>> f(1)\n    2\n    >>> g(1)\n    >>> f([1, 2])\n    """\n';
  expect(exampleCalls(prompt, 'f')).toEqual(['f(1)', 'f([1, 2])']);
  expect(exampleCalls(null, 'f')).toEqual([]);
});
