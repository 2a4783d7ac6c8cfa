import { describe, expect, it } from 'vitest';
import { findLanguage } from '../../lang/find-language.ts';
import { findMutations, MUTATION_OPERATORS } from './find-mutations.ts';
import { edited } from './mutation.ts';

/** What an operator makes of the code. */
async function made(operator: string, code: string, language = 'python'): Promise<string[]> {
  const mutations = await findMutations(findLanguage(language), code);
  return mutations
    .filter((mutation) => mutation.operator === operator)
    .map((mutation) => edited(code, mutation));
}

/** The one character that differs. */
function difference(code: string, mutant: string): string {
  const at = [...code].findIndex((character, index) => character !== mutant[index]);
  return `${code[at]} -> ${mutant[at]}`;
}

/** The same for one expression that a function of a and b returns. */
async function ofExpression(operator: string, expression: string): Promise<string[]> {
  const head = 'def f(a, b):\n    return ';
  return (await made(operator, head + expression)).map((code) => code.slice(head.length));
}

describe('in expressions', () => {
  it.each<[string, string, string[]]>([
    ['boundary', 'a <= b', ['a < b']],
    ['boundary', 'a == b', []],
    ['comparison', 'a == b', ['a != b']],
    ['comparison', 'a not in b', ['a in b']],
    ['comparison', '0 < a < b', ['0 > a < b', '0 < a > b']],
    ['arithmetic', 'a + b', ['a - b']],
    ['arithmetic', 'a % b', ['a / b', 'a // b']],
    ['arithmetic', '"x" + a', []],
    ['logic', 'a and b', ['a or b']],
    ['negation', '1 if a < b else 2', ['1 if a >= b else 2']],
    ['negation', '1 if a else 2', ['1 if not a else 2']],
    ['negation', '1 if not a else 2', ['1 if a else 2']],
    ['negation', '1 if a or b else 2', ['1 if not (a or b) else 2']],
    ['negation', '[x for x in a if x in b]', ['[x for x in a if x not in b]']],
    ['constant', 'a[0]', ['a[1]']],
    ['constant', 'a * 3', ['a * 4', 'a * 2']],
    ['constant', 'a - 1', ['a', 'a - 2']],
    ['constant', '-1', ['-2']],
    ['constant', '1.5', []],
    ['bound', 'range(a)', ['range(a + 1)', 'range(a - 1)']],
    ['bound', 'range(a - 1)', []],
    ['bound', 'a[:b]', ['a[:b + 1]', 'a[:b - 1]']],
    ['bound', 'a[b]', ['a[b + 1]', 'a[b - 1]']],
    ['swap', 'a - b', ['b - a']],
    ['swap', 'a - a', []],
    ['swap', 'divmod(a, b)', ['divmod(b, a)']],
    ['swap', 'max(a, b)', []],
    ['swap', 'g(a, key=b)', []],
    ['variable', 'a.a', ['b.a']],
    ['variable', 'g(a=b)', ['g(a=a)']],
    ['variable', '[a for a in b]', ['[b for a in b]', '[a for a in a]']],
    ['opposite', 'max(a, b)', ['min(a, b)']],
    ['opposite', 'a.startswith(b)', ['a.endswith(b)']],
    ['opposite', 'a.max', []],
    ['boolean', 'True', ['False']],
    ['boolean', 'sorted(a, reverse=True)', ['sorted(a, reverse=False)']],
    ['sort', 'sorted(a)', ['sorted(a, reverse=True)', 'list(a)']],
    ['sort', 'sorted(a, key=b)', ['sorted(a, key=b, reverse=True)']],
    ['sort', 'sorted(a, reverse=b)', []],
    ['sort', 'sorted(x for x in a)', []],
    ['drop', '[x for x in a if x]', ['[x for x in a]']],
  ])('%s: %s', async (operator, expression, expected) => {
    expect(await ofExpression(operator, expression)).toEqual(expected);
  });
});

const LOOP = `def f(items):
    best = float("-inf")
    for item in items:
        if item is None:  # a guard
            continue
        best = max(best, item)
    return best
`;

describe('in statements', () => {
  it('drop: a guard with its comment, an update; never a first assignment or all there is', async () => {
    expect(await made('drop', LOOP)).toEqual([
      LOOP.replace('        if item is None:  # a guard\n            continue\n', ''),
      LOOP.replace('        best = max(best, item)\n', ''),
    ]);
    expect(await made('drop', 'def f(a):\n    a.sort()\n')).toEqual([]);
  });

  it('drop: a branch', async () => {
    const code = 'def f(a):\n    if a:\n        return 1\n    else:\n        a = 2\n    return a\n';
    expect(await made('drop', code)).toEqual(['def f(a):\n    if a:\n        return 1\n    return a\n']);
  });

  it('start: what a variable begins with', async () => {
    expect(await made('start', LOOP)).toEqual([LOOP.replace('float("-inf")', '0')]);
    expect(await made('start', 'def f(a):\n    x = 0\n    y = a[0]\n    return x\n')).toEqual([
      'def f(a):\n    x = 1\n    y = a[0]\n    return x\n',
      'def f(a):\n    x = 0\n    y = 0\n    return x\n',
    ]);
  });

  it('early return: out of the loop before it', async () => {
    const added = '        best = max(best, item)\n        return best\n';
    expect(await made('early return', LOOP)).toEqual([
      LOOP.replace('        best = max(best, item)\n', added),
    ]);
    expect(await made('early return', 'def f(a):\n    for x in a: g(x)\n    return a\n')).toEqual([]);
  });

  it('variable: only such as have a value by then', async () => {
    expect(await made('variable', 'def f(a):\n    x = a\n    y = x\n    return y\n')).toEqual([
      'def f(a):\n    x = a\n    y = a\n    return y\n',
      'def f(a):\n    x = a\n    y = x\n    return a\n',
      'def f(a):\n    x = a\n    y = x\n    return x\n',
    ]);
  });
});

it('variable: of the same type, where types are declared', async () => {
  const java = 'int f(int[] a, int n) {\n  long t = 0, u = 1;\n  for (int i : a) t = i;\n  return g(u);\n}';
  const pairs = (code: string, mutants: string[]) => mutants.map((mutant) => difference(code, mutant));
  expect(pairs(java, await made('variable', java, 'java'))).toEqual(['i -> n', 'u -> t']);
  const python = 'def f(a: int, b: str, c: int, d):\n    return a\n';
  expect(pairs(python, await made('variable', python))).toEqual(['a -> c', 'a -> d']);
});

describe('other languages', () => {
  const JAVA =
    'int f(int[] a, int n) {\n  int x = 0;\n  for (int i = 0; i < n; i++) {\n    x += a[i];\n  }\n  return x;\n}';
  const JAVASCRIPT =
    'const f = (a, b) => {\n  let x = 0;\n  for (const v of a) {\n    if (v === b) continue;\n    x = x + v;\n  }\n  return x;\n}';

  it.each<[string, string, string, string]>([
    ['java', JAVA, 'i < n', 'i <= n'],
    ['java', JAVA, 'i < n', 'i < n - 1'],
    ['java', JAVA, 'x += a', 'x -= a'],
    ['java', JAVA, 'a[i]', 'a[i + 1]'],
    ['java', JAVA, 'x = 0', 'x = 1'],
    ['java', JAVA, 'a[i];', 'a[i];\n    return x;'],
    ['javascript', JAVASCRIPT, '===', '!=='],
    ['javascript', JAVASCRIPT, '    if (v === b) continue;\n', ''],
    ['javascript', JAVASCRIPT, '    x = x + v;\n', ''],
    ['javascript', JAVASCRIPT, 'x + v', 'x - v'],
    ['javascript', JAVASCRIPT, 'return x', 'return b'],
  ])('%s: %s', async (language, code, from, to) => {
    const all = (await findMutations(findLanguage(language), code)).map((mutation) => edited(code, mutation));
    expect(all).toContain(code.replace(from, to));
  });

  it('without a grammar: nothing', async () => {
    expect(await findMutations({ ...findLanguage('python'), grammar: null }, LOOP)).toEqual([]);
  });
});

it('leaves texts, types, decorators and what is outside of functions alone', async () => {
  const code = 'import a\nx = 1\n@g(1)\ndef f(a: "1 < 2") -> None:\n    """1 < 2"""\n    return "a" "b"\n';
  expect(await findMutations(findLanguage('python'), code)).toEqual([]);
});

it('every operator has a name of its own', () => {
  const names = MUTATION_OPERATORS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
