import { expect, test } from 'vitest';
import { entryPointOf } from './entry-point-of.ts';

test.each([
  ['python', 'def f(x: int) -> int:', 'f'],
  ['python', 'async def fetch_all(\n    urls: list[str],\n) -> None:', 'fetch_all'],
  ['PY', 'def f():', 'f'],
  ['java', 'public static int add(int a, int b) {', 'add'],
])('%s: %s declares %s', (language, signature, expected) => {
  expect(entryPointOf(language, signature)).toBe(expected);
});

test('is null where the signature or the language does not tell', () => {
  expect(entryPointOf('python', '')).toBeNull();
  expect(entryPointOf('our-language', 'PROC f(x)')).toBeNull();
});
