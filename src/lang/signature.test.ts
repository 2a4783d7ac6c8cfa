import { describe, expect, it } from 'vitest';
import { findLanguage } from './find-language.ts';
import { countParameters, functionNameOf, parameterCountOf } from './signature.ts';

describe('functionNameOf and parameterCountOf', () => {
  it.each([
    ['python', 'def f(x: int, *, y="a,b") -> int:', 'f', 2],
    ['python', '@cache(size=3)\nasync def  g(self, a,\n  b: Dict[str, int] = {}) -> None:', 'g', 2],
    ['python', 'f(a, b)', 'f', 2],
    ['python', 'def größe(x):', 'größe', 1],
    [
      'java',
      'public static <T extends Comparable<T>> List<T> foo(Map<String, List<T>> x, int... y) {',
      'foo',
      2,
    ],
    ['java', '@Override\npublic boolean hasBytes(){', 'hasBytes', 0],
    ['java', '@SuppressWarnings("unchecked") Map<String, Integer> f(@Nonnull String a, final int b)', 'f', 2],
    ['js', 'const f = async (a, {b, c}) => {', 'f', 2],
    ['js', 'async function* k(a, b = [1,2]) {', 'k', 2],
    ['js', 'const f = x => x', 'f', 1],
    ['ts', 'export const f = <T,>(a: Map<string, T>, b?: number): T => {', 'f', 2],
    ['ts', 'const f: (a: number, b: string) => number = (a, b) => {', 'f', 2],
    ['ts', 'function f<K, V>(this: X, m: Map<K, V>): V {', 'f', 1],
    ['go', 'func (t *T) M(a, b int, c ...string) (int, error) {', 'M', 3],
    ['go', 'func f[K comparable, V any](m map[K]V) int {', 'f', 1],
    ['rust', "pub fn f<'a, T: Fn(i32) -> i32>(x: &'a str, y: Vec<T>) -> Option<i32> {", 'f', 2],
    ['rust', 'fn m(&mut self, a: i32) -> i32', 'm', 1],
    [
      'cpp',
      'template <typename T> static std::vector<T> ns::f(const std::map<int, int>& a, int b = 3) {',
      'f',
      2,
    ],
    ['cpp', 'int main(void)', 'main', 0],
    ['c#', 'public static async Task<int> F<T>(List<T> a, params int[] b) where T : X', 'F', 2],
    ['java', 'int', null, null],
    ['python', '', null, null],
  ])('%s: %s', (id, signature, name, count) => {
    const language = findLanguage(id);
    expect(functionNameOf(language, signature)).toBe(name);
    expect(parameterCountOf(language, signature)).toBe(count);
  });
});

describe('countParameters', () => {
  it('does not count blanks, receivers and separators', () => {
    expect(countParameters(findLanguage('python'), ' ')).toBe(0);
    expect(countParameters(findLanguage('python'), 'self, a, /, b, *, c,')).toBe(3);
    expect(countParameters(findLanguage('typescript'), 'f: (a: number) => Map<string, number>, b')).toBe(2);
  });
});
