import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageRunner } from '../language-runner.ts';
import { resolveLimits } from '../limits.ts';
import { describeSandbox, openSandbox } from '../sandbox/open-sandbox.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { findTypescript } from './find-typescript.ts';
import { openNodeProcesses } from './node-processes.ts';
import { openTypescriptCompiler } from './typescript-compiler.ts';
import { openTypescriptRunner } from './typescript-runner.ts';

const { problem } = await describeSandbox(process.env);
const title = (text: string) => (problem === null ? text : `${text} (skipped: ${problem})`);

const TESTS = `declare var require: any;
const assert = require('node:assert');
function test() {
  let candidate = f;
  assert.deepEqual(candidate([1, 2]), [2, 4]);
}
test();`;
const RIGHT = 'function f(xs: number[]): number[] {\n  return xs.map((x) => 2 * x);\n}';
const signal = new AbortController().signal;

describe.skipIf(problem !== null)(title('the TypeScript runner'), () => {
  let sandbox: Sandbox;
  let checked: LanguageRunner;
  let unchecked: LanguageRunner;
  beforeAll(async () => {
    sandbox = await openSandbox('auto', process.env);
    checked = await openTypescriptRunner(sandbox);
    unchecked = await openTypescriptRunner(sandbox, async () => null);
  });
  afterAll(() => Promise.all([checked.close(), unchecked.close()]));

  const start = (runner: LanguageRunner, mode: 'run' | 'compile', code: string, after = TESTS) =>
    runner[mode](
      {
        code,
        tests: { before: '// doubles\n', after },
        task: { id: 'task', entryPoint: 'f', signature: '', resources: null, metadata: {} },
      },
      { limits: resolveLimits(), signal },
    );
  const run = (code: string, after?: string) => start(checked, 'run', code, after);

  it('names the compiler in its fingerprint, or says that there is none', () => {
    expect(checked.fingerprint).toMatch(/^typescript 5\.9\.3 node \d+/);
    expect(checked.notes).toBeUndefined();
    expect(unchecked.fingerprint).toMatch(/^typescript unchecked node/);
    expect(unchecked.notes?.[0]).toContain('without a check of its types');
  });

  it('passes, and fails with what the test expected', async () => {
    expect(await run(RIGHT)).toMatchObject({ outcome: 'passed', feedback: null });
    expect(await run(RIGHT.replace('2 * x', 'x'))).toMatchObject({
      outcome: 'failed',
      feedback: {
        kind: 'AssertionError',
        input: 'candidate([1, 2])',
        expected: '[ 2, 4 ]',
        actual: '[ 1, 2 ]',
      },
    });
  });

  it.each([
    "import * as assert from 'node:assert';\nassert.deepEqual(f([1, 2]), [2, 4]);",
    "import assert from 'node:assert';\nassert(f([1])[0] === 2);",
    "import assert from 'assert/strict';\nassert.deepEqual(f([1, 2]), [2, 4]);",
    "import { deepEqual } from 'assert';\nimport test from 'node:test';\ntest('f', () => deepEqual(f([1, 2]), [2, 4]));",
    "import * as assert from 'node:assert';\nassert.equal(process.argv.length, Buffer.from('ab').length);",
  ])('knows the modules of Node.js where the tests import one: %j', async (after) => {
    const types =
      "import * as fs from 'fs';\nimport { readFileSync, type Stats } from 'node:fs';\nlet stats: Stats | fs.Dir | null = null;\n";
    for (const code of [RIGHT, types + RIGHT]) {
      expect(await run(code, after)).toMatchObject({ outcome: 'passed', feedback: null });
    }
    expect(await run(RIGHT.replace('2 * x', "'x'"), after)).toMatchObject({
      outcome: 'compile-error',
      feedback: { kind: 'TS2322', line: 2 },
    });
    expect(await run(`import x from 'nowhere';\n${RIGHT}`, after)).toMatchObject({
      feedback: { kind: 'TS2792', line: 1 },
    });
  });

  it.each([
    ['function f(xs: number[]): number[] {\n  return xs.map(String);\n}', { kind: 'TS2322', line: 2 }],
    ['function f(xs: number[]): number[] {\n  return [;\n}', { line: 2 }],
    ['function f(xs: number[]): number[] {}', { kind: 'TS2355', line: 1 }],
    ['function g() {}', { kind: 'TS2304', line: null }],
    [
      "const fs = require('fs'); import path from 'path';\nfunction f(xs: number[]) { return xs; }",
      { kind: 'TS2792', line: 1 },
    ],
    ['let name = 1;\nfunction f(xs: number[]) { return xs; }', { kind: 'TS2451', line: 1 }],
    [`${RIGHT}\nreturn;`, { kind: 'TS1108', line: 4 }],
  ])('takes an error of the type checker for a compile error: %j', async (code, feedback) => {
    expect(await run(code)).toMatchObject({ outcome: 'compile-error', feedback });
    expect(await start(checked, 'compile', code)).toMatchObject({ outcome: 'compile-error', feedback });
  });

  it('is as lax as the compiler without options', async () => {
    const code =
      'function f(xs) {\n  let y: number = null;\n  const z: any = xs;\n  console.log(y);\n  return z.map((x) => x * 2);\n}';
    expect(await run(code)).toMatchObject({ outcome: 'passed' });
  });

  it('gives the candidate its own lines where types are gone', async () => {
    const code = `interface Pair<T> {
  first: T;
}
type Pairs = Pair<number>[];
enum Color { Red = 1 }

function f(xs: number[]): number[] {
  const pairs: Pairs = [];
  return [pairs[Color.Red].first];
}`;
    for (const runner of [checked, unchecked]) {
      expect(await start(runner, 'run', code)).toMatchObject({
        outcome: 'runtime-error',
        feedback: { kind: 'TypeError', line: 9, input: expect.stringContaining('candidate([') },
      });
    }
  });

  it('lets no candidate swallow the tests or leave before them', async () => {
    expect(
      await run('function f(xs: number[]): number[] { return []; }\n/*', `${TESTS}\n/* end */`),
    ).toMatchObject({ outcome: 'compile-error' });
    expect(
      await run(
        'function f(xs: number[]): number[] { return []; }\ndeclare var process: any;\nprocess.exit(0);',
      ),
    ).toMatchObject({ outcome: 'exited-early' });
  });

  it('shares nothing between candidates', async () => {
    const changed = `interface Array<T> { evil(): T }\ninterface Number { evil: string }\ndeclare var planted: any;\n${RIGHT}`;
    expect(await run(changed)).toMatchObject({ outcome: 'passed' });
    for (const use of ['xs.evil()', '(1).evil', 'planted']) {
      expect(await run(`function f(xs: number[]): any { return ${use}; }`)).toMatchObject({
        outcome: 'compile-error',
      });
    }
    expect(await run(RIGHT)).toMatchObject({ outcome: 'passed' });
  });

  it('takes the types away where there is no compiler', async () => {
    expect(await start(unchecked, 'run', RIGHT)).toMatchObject({ outcome: 'passed' });
    expect(await start(unchecked, 'run', `${RIGHT}\nconst wrong: string = 1;`)).toMatchObject({
      outcome: 'passed',
    });
    expect(await start(unchecked, 'run', 'function f(xs: number[]) {\n  return [;\n}')).toMatchObject({
      outcome: 'compile-error',
      feedback: { kind: 'SyntaxError', line: 2 },
    });
    expect(await start(unchecked, 'compile', RIGHT)).toMatchObject({ outcome: 'passed' });
    expect(await start(unchecked, 'run', `${RIGHT}\n/*`, `${TESTS}\n/* end */`)).toMatchObject({
      outcome: 'compile-error',
    });
  });

  it('gives up on a program that keeps the checker busy, and serves the next', async () => {
    const processes = await openNodeProcesses(sandbox);
    const typescript = await findTypescript(process.env, process.cwd());
    if (typescript === null) throw new Error('the development dependency is missing');
    const compiler = openTypescriptCompiler(sandbox, processes, typescript);
    try {
      const hostile = `type Orders<T, K = T> = [T] extends [never] ? [] : K extends K ? [K, ...Orders<Exclude<T, K>>] : never;
declare let a: Orders<1|2|3|4|5|6|7|8|9|10|11>;\ndeclare let b: Orders<1|2|3|4|5|6|7|8|9|10|11|12>;\na = b;`;
      const translate = (code: string, limitMs: number) =>
        compiler.translate({ code, tests: { before: '', after: '' } }, limitMs, signal);
      expect(await translate(hostile, 2_000)).toMatchObject({ feedback: { kind: 'wall-time', line: null } });
      expect(await translate(RIGHT, 60_000)).toMatchObject({
        program: expect.stringContaining('function f(xs)'),
      });
    } finally {
      await Promise.all([compiler.close(), processes.close()]);
    }
  });
});

describe('findTypescript', () => {
  it('takes the package of the variable, and complains of one that has no compiler', async () => {
    const found = await findTypescript({ CODEJURY_TYPESCRIPT: 'node_modules/typescript5' }, '/');
    expect(found?.version).toBe('5.9.3');
    expect(found?.libraries.map(([name]) => name)).toContain('lib.esnext.full.d.ts');
    await expect(
      findTypescript({ CODEJURY_TYPESCRIPT: 'node_modules/typescript' }, '/'),
    ).rejects.toMatchObject({
      code: 'usage',
      message: 'CODEJURY_TYPESCRIPT: there is no TypeScript compiler in node_modules/typescript',
    });
  });
});
