import { describe, expect, it } from 'vitest';
import { cleanText } from '../../clean/clean-text.ts';
import { findLanguage } from '../../lang/find-language.ts';
import { functionNameOf } from '../../lang/signature.ts';
import { makeProbes } from './make-probes.ts';
import type { ProbeKind } from './probe.ts';

const probesOf = (language: string, signature: string, canonical: string | null = null) =>
  makeProbes({ language, signature, canonical }) ?? [];

const bodiesOf = (language: string, signature: string, kind: ProbeKind) =>
  probesOf(language, signature)
    .filter((probe) => probe.kind === kind)
    .map(({ body }) => body);

describe('dummies', () => {
  it.each([
    // The paper's table for Java.
    ['java', 'public static void f(int x)', []],
    ['java', 'public static boolean f(List<Double> x, double y)', ['return false;']],
    ['java', 'char f() {', ['return 0;']],
    ['java', 'private static final long f(int x) throws IOException', ['return 0;']],
    ['java', 'public float f(Map<String, List<Integer>> x) {', ['return 0;']],
    ['java', 'public static Boolean f(int x)', ['return null;']],
    ['java', 'public static int[] f(int x)', ['return null;']],
    ['java', 'public static <T extends Comparable<T>> List<T> f(List<T> x)', ['return null;']],
    ['java', '@Override\npublic java.util.Map<String, int[]> f()', ['return null;']],
    ['java', 'public Shape(int x)', []],
    ['typescript', 'function f(a: {[key: string]: string}): boolean', ['return false as any;']],
    ['typescript', 'const f = async (a: number): Promise<number[]> =>', ['return [] as any;']],
    ['typescript', 'function f(): string | undefined {', ['return "" as any;']],
    ['typescript', 'function f(): void', []],
    ['typescript', 'const f: (a: number) => Map<string, number> = (a) => {', ['return new Map() as any;']],
    ['go', 'func f(a []int) bool', ['var zero0 bool\nreturn zero0']],
    [
      'go',
      'func (t *T) f(a map[string]int) (int, error) {',
      ['var zero0 int\nvar zero1 error\nreturn zero0, zero1'],
    ],
    ['go', 'func f() (count int, err error)', ['return']],
    [
      'go',
      'func f() (map[string]int, func(int) bool)',
      ['var zero0 map[string]int\nvar zero1 func(int) bool\nreturn zero0, zero1'],
    ],
    ['go', 'func f(a int)', []],
    ['rust', 'fn f(a: HashMap<String, String>) -> bool', ['Default::default()']],
    ['rust', 'pub fn f(a: &mut Vec<i32>)', []],
    ['cpp', 'std::vector<int> f(const std::map<int, int>& a)', ['return {};']],
    ['cpp', 'static void f(int a)', []],
    ['cpp', 'auto f(int a) -> bool', ['return {};']],
    ['csharp', 'public static List<int> F(int[] a)', ['return default;']],
    ['csharp', 'public static async Task<int> F(int a)', ['return default;']],
    ['csharp', 'public static async Task F(int a)', []],
  ])('%s: %s', (language, signature, expected) => {
    expect(bodiesOf(language, signature, 'dummy')).toEqual(expected);
  });

  it.each(['python', 'javascript', 'typescript', 'ruby', 'lua'])(
    'are of every kind in %s without annotations',
    (language) => {
      const signature =
        {
          python: 'def f(a, b=1)',
          ruby: 'def f(a)',
          lua: 'function f(a)',
        }[language] ?? 'function f(a, b)';
      const bodies = bodiesOf(language, signature, 'dummy').join('\n');
      for (const value of [/\b0\b/, /\b[Tt]rue/, /\b[Ff]alse/, /""/, /\[\]|\{\}/])
        expect(bodies).toMatch(value);
    },
  );
});

describe('extended probes', () => {
  it.each([
    ['java', 'public static boolean f(boolean x)', ['return true;', 'return x;']],
    ['java', 'String f(final String text, int n)', ['return "";', 'return text;']],
    ['java', 'int[] f(int... values)', ['return new int[0];', 'return values;']],
    ['java', 'List<String>[][] f(int n)', ['return new List[0][];']],
    ['java', 'T[] f(T[] values)', ['return values;']],
    ['java', 'Optional<Integer> f(int n)', ['return java.util.Optional.empty();']],
    [
      'java',
      'Set<List<? extends Number>> f(Set<List<? extends Number>> s)',
      ['return java.util.Set.of();', 'return new java.util.HashSet<>();', 'return s;'],
    ],
    ['java', 'TreeMap<String, Integer> f()', ['return new java.util.TreeMap<>();']],
    ['java', 'Matrix f(Vector v)', []],
    ['python', 'def f(self, *rows)', ['return 1', 'return ()', 'return set()']],
    [
      'python',
      'def f(rows: list[int] = []) -> int:',
      ['return 1', 'return ()', 'return set()', 'return rows'],
    ],
    ['javascript', 'function f({ a })', ['return 1;', 'return new Map();', 'return new Set();']],
    ['typescript', 'function f(n: number, m: number): number', ['return 1 as any;', 'return n as any;']],
    ['go', 'func f(a []int) []int', ['return []int{}']],
    ['rust', 'fn f(mut xs: Vec<i64>) -> Vec<i64>', ['xs']],
    ['cpp', 'bool f(int a)', ['return true;']],
    ['csharp', 'static string[] F(string a)', ['return System.Array.Empty<string>();']],
  ])('%s: %s', (language, signature, expected) => {
    expect(bodiesOf(language, signature, 'extended')).toEqual(expected);
  });
});

describe('whole functions', () => {
  it.each([
    [
      'java',
      'public static boolean f(List<Double> x, double y) {',
      'public static boolean f(List<Double> x, double y) {\n    return false;\n}\n',
    ],
    ['python', 'def f(a, b=1) -> int:  # a header\n', 'def f(a, b=1) -> int:\n    return None\n'],
    ['python', 'async def f(\n    a,\n)', 'async def f(\n    a,\n):\n    return None\n'],
    ['javascript', 'const f = async (a) =>', 'const f = async (a) => {\n    return null;\n}\n'],
    ['javascript', 'f(a, b)', 'function f(a, b) {\n    return null;\n}\n'],
    ['lua', 'function f(a)', 'function f(a)\n    return 0\nend\n'],
  ])('%s: %s', (language, signature, expected) => {
    expect(probesOf(language, signature).find(({ kind }) => kind === 'dummy')?.code).toBe(expected);
  });

  it('stand as deep as another function of the task where that means something', () => {
    const [empty] = probesOf('python', 'def f(self)', '    def f(self):\n        return 1\n');
    expect(empty?.code).toBe('    def f(self):\n        pass\n');
  });

  it('have an empty body without a statement, unless that is undefined', () => {
    expect(bodiesOf('java', 'int f()', 'empty')).toEqual(['']);
    expect(bodiesOf('cpp', 'int f()', 'empty')).toEqual([]);
    expect(bodiesOf('cpp', 'void f()', 'empty')).toEqual(['']);
  });

  it('come in the order of the checks, each body once', () => {
    const kinds = probesOf('python', 'def f(a)').map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(['empty', 'dummy', 'throwing', 'extended']);
    expect(kinds).toHaveLength(1 + 7 + 1 + 4);
  });

  it.each([
    [
      'java',
      'public static <T extends Comparable<T>> Map<T, List<T>> group(List<T> items, int... sizes)',
      'group',
    ],
    ['python', 'def group(items: list[int], *, size: int = 3) -> dict[str, list[int]]:', 'group'],
    ['javascript', 'function group(items, size = 3)', 'group'],
    ['javascript', 'const group = (items, { size }) =>', 'group'],
    ['typescript', 'export function group<T>(items: T[], size?: number): Map<string, T[]>', 'group'],
    ['go', 'func group(items []int, size int) (map[string][]int, error)', 'group'],
    ['rust', "pub fn group<'a>(items: &'a [i32], size: usize) -> Vec<&'a [i32]>", 'group'],
    [
      'cpp',
      'template <typename T> std::map<T, std::vector<T>> group(const std::vector<T>& items, int size)',
      'group',
    ],
    ['csharp', 'public static Dictionary<string, List<int>> Group(List<int> items, int size = 3)', 'Group'],
    ['ruby', 'def group(items, size = 3)', 'group'],
    ['lua', 'function group(items, size)', 'group'],
  ])('contain the header, parse, and are found under their name: %s %s', async (id, signature, name) => {
    const language = findLanguage(id);
    const probes = probesOf(id, signature);
    expect(probes.length).toBeGreaterThan(1);
    for (const { code, kind } of probes) {
      expect(code).toContain(signature.replace(/:$/, ''));
      expect(functionNameOf(language, code)).toBe(name);
      if (kind === 'empty') continue;
      const task = {
        id: 'task',
        language: id,
        signature,
        prompt: null,
        entryPoint: name,
      };
      const cleaned = await cleanText({ task, language, text: code, form: 'chat' });
      expect(cleaned.named).toBe(true);
      expect(['empty-body', undefined]).toContain(cleaned.rejected?.reason);
    }
  });
});

it('makes none for an unknown language or a signature without a function', () => {
  expect(makeProbes({ language: 'rulescript', signature: 'rule f(a)', canonical: null })).toBeNull();
  expect(makeProbes({ language: 'python', signature: '', canonical: null })).toBeNull();
});
