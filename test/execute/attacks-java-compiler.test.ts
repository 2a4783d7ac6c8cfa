import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution, Outcome } from '../../src/contracts/execution.ts';
import { type AttackBench, attackTask, openAttackBench } from './attack-bench.ts';
import { javaAttackProblem, titledJavaAttacks } from './java-problem.ts';

interface Attack {
  readonly name: string;
  /** Members of a class; defines `static int f()`. */
  readonly code: string;
  readonly outcome: Outcome | readonly Outcome[];
  readonly kind?: string;
  /** What comes before it. */
  readonly before?: string;
  /** A candidate that would only compile, or only fail, with what the attack left in the compiler, and its outcome. */
  readonly accomplice?: readonly [code: string, outcome: Outcome];
}

const BEFORE = 'import java.util.*;\nclass Problem {\n';
const AFTER = '    public static void main(String[] args) {\n    assert f() == 1;\n    }\n}\n';
const F = 'static int f() { return 1; }';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const many = (count: number, part: (index: number) => string) => numbers(count).map(part).join('');

const attacks: readonly Attack[] = [
  {
    name: 'a string of more bytes than a class file takes',
    code: `static int f() { String s = "${'é'.repeat(40_000)}"; return 1; }`,
    outcome: 'compile-error',
    kind: 'limit.string.overflow',
  },
  {
    name: 'a string of more characters than a class file takes',
    code: `static int f() { String s = "${'b'.repeat(65_600)}"; return 1; }`,
    outcome: 'compile-error',
    kind: 'limit.string',
  },
  {
    name: 'an identifier of 70,000 characters',
    code: `static int f() { int ${'x'.repeat(70_000)} = 1; return ${'x'.repeat(70_000)}; } static void ${'m'.repeat(70_000)}() { }`,
    outcome: 'compile-error',
    kind: 'limit.string.overflow',
  },
  {
    name: 'too many constants',
    code: `${F} ${many(14, (i) => `static void q${i}() { ${many(5_000, (j) => `String s${j} = "k${i}_${j}";`)} }`)}`,
    outcome: 'compile-error',
    kind: 'limit.pool',
  },
  {
    name: 'a method that is too long',
    code: `static int f() { int a = 1, x = 0; ${'x += a * a + 3;'.repeat(15_000)} return 1; }`,
    outcome: 'compile-error',
    kind: 'limit.code',
  },
  {
    name: 'too many parameters',
    code: `${F} static void z(${numbers(300)
      .map((i) => `long a${i}`)
      .join()}) { }`,
    outcome: 'compile-error',
    kind: 'limit.parameters',
  },
  {
    name: 'too many dimensions',
    code: `static int f() { int${'[]'.repeat(300)} a = null; return 1; }`,
    outcome: 'compile-error',
    kind: 'limit.dimensions',
  },
  {
    name: '200,000 brackets',
    code: `static int f() { return ${'('.repeat(200_000)}1${')'.repeat(200_000)}; }`,
    outcome: 'compile-error',
    kind: 'nesting',
  },
  {
    name: 'a sum of 200,000 terms',
    code: `static int f() { int a = 1; return ${'a + '.repeat(200_000)}a; }`,
    outcome: 'compile-error',
  },
  {
    name: 'a chain of 2,000 calls',
    code: `static int f() { return new StringBuilder()${'.append(1)'.repeat(2_000)}.length() > 0 ? 1 : 2; }`,
    outcome: ['compile-error', 'passed'],
  },
  {
    name: 'blocks 50,000 deep',
    code: `static int f() { ${'{'.repeat(50_000)}${'}'.repeat(50_000)} return 1; }`,
    outcome: ['compile-error', 'passed'],
  },
  {
    name: 'a constant that takes all memory',
    code: `static final String s0 = "xxxxxxxxxxxxxxxx"; ${many(30, (i) => `static final String s${i + 1} = s${i} + s${i};`)} ${F}`,
    outcome: 'compile-error',
    kind: 'memory',
  },
  {
    name: 'more errors than the compiler tells',
    code: `static int f() { ${many(300, (i) => `int a = b${i};`)} return 1; }`,
    outcome: 'compile-error',
  },
  {
    name: 'more warnings than the compiler tells',
    code: `${F} static void g(Thread t, List l) { ${'t.stop(); l.add(1); new Integer(1);'.repeat(200)} }`,
    outcome: 'passed',
  },
  {
    name: 'classes with the names of everybody',
    code: `static int f() { return 1; } public static void main(java.lang.String[] a) { assert f() == 2; } }
      class String { } class Object { } class System { } class Override { } class List<T> { } class Arrays { } class Rest {`,
    outcome: 'compile-error',
    accomplice: [
      'static int f() { Object o = "x"; String s = o.toString(); List<String> l = Arrays.asList(s); System.out.print(l); return 1; }',
      'passed',
    ],
  },
  {
    name: 'a class with the name of a package',
    code: `${F} } class java { static class util { } } class Rest { ${F}`,
    before: 'class Problem {\n',
    outcome: 'passed',
    accomplice: [
      'static int f() { java.util.List<Integer> l = java.util.List.of(1); return l.get(0); }',
      'passed',
    ],
  },
  {
    name: 'a class that others could see',
    code: `${F} static class Inner { static final int ONE = 1; } ${AFTER} class Left { static final int ONE = 1; static int f() { return 1; } } class Rest { static int f() { return 1; }`,
    outcome: 'passed',
    accomplice: ['static int f() { return Left.ONE; }', 'compile-error'],
  },
  {
    name: 'nested, local and anonymous classes that others could see',
    code: `static int f() { class Local { static final int ONE = 1; } new Object() { static final int ONE = 1; }; return Local.ONE; } static class Left { static final int ONE = 1; }`,
    outcome: 'passed',
    accomplice: [
      'static int f() { return Problem$Left.ONE * Problem$1Local.ONE * Problem$1.ONE; }',
      'compile-error',
    ],
  },
  {
    name: 'a class that the compiler adds',
    code: 'enum E { A, B } static int f() { switch (E.A) { case A: return 1; default: return 2; } }',
    outcome: 'passed',
    accomplice: ['static int f() { Problem$1 left = null; return 1; }', 'compile-error'],
  },
  {
    name: 'a class of a package of Java',
    code: F,
    before: 'package java.util;\npublic class List {\n',
    outcome: 'compile-error',
    accomplice: ['static int f() { List<Integer> l = new ArrayList<>(); return 1; }', 'passed'],
  },
  {
    name: 'a class of a package of its own',
    code: F,
    before: 'package left;\npublic class Problem {\npublic static final int ONE = 1;\n',
    outcome: 'passed',
    accomplice: ['import left.*;\nstatic int f() { return 1; }', 'compile-error'],
  },
  {
    name: 'a module',
    code: F,
    before: 'module left { requires java.sql; exports left; }\nclass Problem {\n',
    outcome: 'compile-error',
  },
  {
    name: 'classes that extend each other',
    code: `${F} static class A extends B { } static class B extends A { } static class C<T extends C<? super C<C<T>>>> { C<? super C<C<?>>> c; }`,
    outcome: 'compile-error',
  },
  {
    name: 'annotations of its own, with the names of known ones',
    code: `${F} @interface FunctionalInterface { } @interface Deprecated { } @Deprecated @FunctionalInterface interface G { }`,
    outcome: 'passed',
    accomplice: [
      '@FunctionalInterface interface G { int g(); } static int f() { G g = () -> 1; return g.g(); }',
      'passed',
    ],
  },
  {
    name: 'a comment that never ends',
    code: `${F} /* `,
    outcome: 'compile-error',
  },
  {
    name: 'a character that is none',
    code: 'static int f() { return \\u00; }',
    outcome: 'compile-error',
  },
];

/** Programs that any state of a compiler could spoil: with names, constants, strings, lambdas and a failing test. */
const innocents: readonly (readonly [code: string, outcome: Outcome])[] = [
  ['static int f() { String s = "é"; return s.length(); }', 'passed'],
  [
    'static int f() { List<Integer> l = new ArrayList<>(List.of(3, 1)); l.sort((a, b) -> a - b); return l.get(0); }',
    'passed',
  ],
  ['enum E { A, B } static int f() { switch (E.B) { case B: return 2; default: return 1; } }', 'failed'],
];

describe.skipIf(javaAttackProblem !== null)(titledJavaAttacks('attacks on the Java compiler'), () => {
  let bench: AttackBench;
  beforeAll(async () => {
    bench = await openAttackBench('java-compiler', 'java');
  });
  afterAll(async () => {
    await bench.close();
    expect(await bench.survivors()).toEqual([]);
  });
  const run = (code: string, before = BEFORE): Promise<Execution> =>
    bench.executor.execute({
      task: attackTask('java', { before, after: AFTER }),
      candidate: { id: 'attack', code },
      signal: new AbortController().signal,
    });

  it.each(attacks)('$name', async ({ code, outcome, kind, before, accomplice }) => {
    // A compiler that was used before, as nearly all are.
    expect((await run(F)).outcome).toBe('passed');
    const execution = await run(code, before);
    expect([outcome].flat()).toContain(execution.outcome);
    if (kind !== undefined) expect(execution.feedback?.kind).toBe(kind);
    if (accomplice !== undefined) {
      expect((await run(accomplice[0])).outcome, 'the accomplice').toBe(accomplice[1]);
      expect((await run(code, before)).outcome).toBe(execution.outcome);
    }
    for (const [innocent, expected] of innocents) {
      expect(await run(innocent)).toMatchObject({ outcome: expected, attempts: 1 });
    }
  });
});
