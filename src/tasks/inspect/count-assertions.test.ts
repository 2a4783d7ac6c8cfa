import { expect, it } from 'vitest';
import { countAssertions } from './count-assertions.ts';

const count = (language: string, after: string | null, entryPoint = 'f') =>
  countAssertions({ language, entryPoint, tests: after === null ? null : { before: '', after } });

it.each([
  ['python', 'assert f(1) == 2\nassert f(2) == 3  # assert nothing\n', 2],
  ['python', 'def check(candidate):\n    assert candidate(1) == 2\ncheck(f)\n', 1],
  ['python', 'self.assertEqual(f(1), 2)\nself.assertTrue(f(2))', 2],
  ['python', 'x = "assert"\n', 0],
  ['java', 'assert(f(1) == 2);\nassert f(2).equals("assert f(1)");', 2],
  [
    'java',
    'List<Boolean> ok = List.of(f(1) == 2, f(2) == 3, f(3) == 4);\nif (ok.contains(false)) throw new AssertionError();',
    3,
  ],
  ['javascript', "const assert = require('node:assert');\nassert.deepEqual(f(1), 2);\nassert(f(2));", 2],
  ['javascript', 'expect(f(1)).toBe(2);', 1],
  ['rulescript', 'check f(1) = 2\ncheck f(2) = 3', 2],
])('%s: %s', (language, tests, expected) => {
  expect(count(language, tests)).toBe(expected);
});

it('cannot count in loops, nor where there is nothing', () => {
  expect(count('python', 'for a, b in cases:\n    assert f(a) == b')).toBeNull();
  expect(count('java', null)).toBeNull();
  const tests = { before: 'class A {', after: '}' };
  expect(
    countAssertions({ language: 'java', entryPoint: 'f', tests, metadata: { javaProject: {} } }),
  ).toBeNull();
});

it('takes the last part of a qualified name, and does without a name', () => {
  expect(count('java', 'X.f(1); X.f(2);', 'X.f')).toBe(2);
  expect(
    countAssertions({ language: 'go', entryPoint: null, tests: { before: '', after: 'candidate(1)' } }),
  ).toBe(1);
});
