import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Task, TestProgram } from '../../contracts/task.ts';
import type { LanguageRunner } from '../language-runner.ts';
import { type Limits, resolveLimits } from '../limits.ts';
import { describeSandbox, openSandbox } from '../sandbox/open-sandbox.ts';
import { openJavascriptRunner } from './javascript-runner.ts';

const { problem } = await describeSandbox(process.env);
const title = (text: string) => (problem === null ? text : `${text} (skipped: ${problem})`);

const ASSERT = "const assert = require('node:assert');\n";
const signal = new AbortController().signal;

describe.skipIf(problem !== null)(title('the JavaScript runner'), () => {
  let runner: LanguageRunner;
  beforeAll(async () => {
    runner = await openJavascriptRunner(await openSandbox('auto', process.env));
  });
  afterAll(() => runner.close());

  const start = (
    mode: 'run' | 'compile',
    code: string,
    after: string,
    {
      before = '',
      resources = null,
      limits = {},
    }: Partial<TestProgram & Pick<Task, 'resources'>> & { limits?: Partial<Limits> } = {},
  ) =>
    runner[mode](
      {
        code,
        tests: { before, after },
        task: { id: 'task', entryPoint: 'f', signature: 'function f(x)', resources, metadata: {} },
      },
      { limits: resolveLimits(limits), signal },
    );
  const run = (code: string, after: string, more = {}) => start('run', code, after, more);

  it('passes', async () => {
    const report = await run('function f(x) { return x + 1; }', `${ASSERT}assert.equal(f(1), 2);`);
    expect(report).toEqual({ outcome: 'passed', feedback: null, durationMs: expect.any(Number) });
    expect(report.durationMs).toBeGreaterThan(0);
    expect(report.durationMs).toBeLessThan(5_000);
  });

  const same = 'function f(x) { return x; }';
  it.each([
    ['assert.equal(f(1), 2);', { input: 'f(1)', expected: '2', actual: '1', message: '' }],
    ['assert.equal(f(1), 2, "two");', { input: 'f(1)', expected: '2', actual: '1', message: 'two' }],
    [
      'assert.deepEqual(f([1, {a: "x"}]), [2]);',
      { input: 'f([1, {a: "x"}])', expected: '[ 2 ]', actual: "[ 1, { a: 'x' } ]" },
    ],
    ['assert.strictEqual(2, f(1));', { input: 'f(1)', expected: '2', actual: '1' }],
    ['assert.notEqual(f(1), 1);', { input: 'f(1)', expected: 'not 1', actual: '1' }],
    ['assert(f(1) === 2);', { input: 'f(1)', expected: '2', actual: '1' }],
    ['assert(f(1) > 2);', { input: 'f(1)', expected: '> 2', actual: '1' }],
    ['assert.ok(f(0));', { input: 'f(0)', expected: 'a true value', actual: '0' }],
    ['assert(!f(1));', { input: 'f(1)', expected: 'a false value', actual: '1' }],
    [
      'assert(JSON.stringify(f([1])) === JSON.stringify([2]));',
      { input: 'f([1])', expected: '[ 2 ]', actual: '[ 1 ]' },
    ],
    [
      'let candidate = f;\nassert.equal(candidate("(,"), ")");',
      { input: 'candidate("(,")', expected: "')'", actual: "'(,'" },
    ],
    ['assert.equal(\n  f("é"),\n  "ü",\n);', { input: 'f("é")', expected: "'ü'", actual: "'é'" }],
    ['assert.deepEqual(f("a".repeat(1000)), "");', { input: 'f("a".repeat(1000))', expected: "''" }],
    [
      'function test() {\n  const x0 = f(3);\n  if (x0 !== 4) throw new Error("wrong");\n}\ntest();',
      { kind: 'Error', input: 'f(3)', expected: '4', actual: '3', message: 'wrong' },
    ],
    ['(async () => { assert.equal(await f(Promise.resolve(1)), 2); })();', { expected: '2', actual: '1' }],
  ])('explains %s', async (after, feedback) => {
    const report = await run(same, ASSERT + after);
    expect(report.outcome).toBe('failed');
    expect(report.feedback).toMatchObject({ kind: 'AssertionError', line: null, ...feedback });
    expect(report.feedback?.actual?.length ?? 0).toBeLessThanOrEqual(400);
  });

  it.each([
    ['console.assert(f(1) === 2);', { kind: 'AssertionError', input: 'f(1)', expected: '2', actual: '1' }],
    [
      "let compare = (a, b) => a === b;\nlet x0 = f(5);\nlet v0 = 6;\nif (!compare(x0, v0)) {\n  throw 'Error at 1th assert statement. Value = ' + JSON.stringify(x0)\n}",
      {
        kind: 'string',
        input: 'f(5)',
        expected: '6',
        actual: '5',
        message: 'Error at 1th assert statement. Value = 5',
      },
    ],
  ])('takes for an assertion what the tests of benchmarks use as one: %s', async (after, feedback) => {
    expect(await run(same, after)).toMatchObject({ outcome: 'failed', feedback });
    expect(await run('function f(x) { return x + 1; }', after)).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    [
      'runtime-error',
      'function f(x) {\n  const y = null;\n  return y.z;\n}',
      { kind: 'TypeError', line: 3, input: 'f(1)', message: "Cannot read properties of null (reading 'z')" },
    ],
    [
      'runtime-error',
      'function g(x) {\n  return x.y.z;\n}\nconst f = (x) =>\n  g(x);',
      { kind: 'TypeError', line: 2 },
    ],
    [
      'runtime-error',
      'const h = 1;\nrequire("lodash");\nfunction f() {}',
      { kind: 'Error', line: 2, input: null },
    ],
    ['runtime-error', 'function g() {}', { kind: 'ReferenceError', line: null, message: 'f is not defined' }],
    [
      'runtime-error',
      'class Odd extends Error {}\nfunction f() {\n  throw new Odd("x");\n}',
      { kind: 'Odd', line: 3, message: 'x' },
    ],
    ['runtime-error', 'function f() {\n  throw { a: 1 };\n}', { kind: 'Object', message: '{ a: 1 }' }],
    [
      'compile-error',
      'function f(x) {\n  return (x;\n}',
      { kind: 'SyntaxError', line: 2, message: "Unexpected token ';'" },
    ],
    [
      'compile-error',
      'function f(x) {\n  return x;',
      { kind: 'SyntaxError', message: 'Unexpected end of input' },
    ],
    ['compile-error', 'function f(x) {}\nlet f = 1;', { kind: 'SyntaxError', line: 2 }],
    ['exited-early', 'function f() {\n  process.exit();\n}', { kind: 'exit' }],
    [
      'failed',
      'const check = require("assert");\nfunction f(x) {\n  check(x > 1, "too small");\n}',
      { kind: 'AssertionError', line: 3, message: 'too small', input: 'f(1)' },
    ],
  ])('%s: %j', async (outcome, code, feedback) => {
    const report = await run(code, `${ASSERT}assert.equal(f(1), 2);`, { before: '// one\n// two\n' });
    expect(report).toMatchObject({ outcome, feedback });
  });

  it('counts the lines of a candidate that begins behind a line of the tests', async () => {
    const code = '\n  throw new Error();\n}';
    expect(await run(code, 'f();', { before: '\nfunction f() {' })).toMatchObject({ feedback: { line: 2 } });
  });

  it('waits for what tests do not wait for', async () => {
    const after = `${ASSERT}setTimeout(() => assert.equal(f(1), 2), 20);`;
    expect(await run('function f(x) { return x + 1; }', after)).toMatchObject({ outcome: 'passed' });
    expect(await run(same, after)).toMatchObject({ outcome: 'failed', feedback: { actual: '1' } });
    const late = 'async function f() {\n  await null;\n  throw new RangeError("late");\n}';
    expect(await run(late, 'f();')).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'RangeError', line: 3, message: 'late' },
    });
  });

  it('runs a program as Node would: CommonJS with its file, and ES modules', async () => {
    const commonJs = `const path = require('path');
module.exports = { f };
if (require.main === module) this.ran = __filename === path.join(process.cwd(), 'main.js') && arguments.length >= 5;
function f() { return exports.ran; }`;
    expect(
      await run(
        commonJs,
        `exports = module; if (!require('util').isDeepStrictEqual(Object.keys(module.exports), ['f'])) throw 1`,
      ),
    ).toMatchObject({ outcome: 'passed' });
    const esModule =
      "import { basename } from 'node:path';\nexport const f = async () => basename(import.meta.url) + (await import('node:os')).EOL;";
    expect(await run(esModule, "if ((await f()) !== 'main.mjs\\n') throw new Error();")).toMatchObject({
      outcome: 'passed',
    });
    expect(await run(esModule, `${ASSERT}assert(f())`)).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'ReferenceError', message: expect.stringContaining('require is not defined') },
    });
    expect(await run('export function f() { return (1; }', '')).toMatchObject({ outcome: 'compile-error' });
    expect(
      await run(
        'const f = () => import("node:os");',
        'f().then(({ EOL }) => { if (EOL !== "\\n") throw 1; });',
      ),
    ).toMatchObject({ outcome: 'passed' });
  });

  it('puts the files of a task into the working folder, packages among them', async () => {
    const resources = {
      'data/words.json': '["a", "b"]',
      'node_modules/twice/index.js': 'module.exports = (x) => 2 * x;',
    };
    const code =
      "const twice = require('twice');\nfunction f() { return twice(require('./data/words.json').length); }";
    expect(await run(code, `${ASSERT}assert.equal(f(), 4);`, { resources })).toMatchObject({
      outcome: 'passed',
    });
    await expect(run(code, '', { resources: { '../x': '' } })).rejects.toMatchObject({ code: 'usage' });
  });

  it('compiles without running', async () => {
    const compile = (code: string, after = '') => start('compile', code, after);
    expect(await compile('process.abort();\nfunction f() { return undefined_name; }')).toMatchObject({
      outcome: 'passed',
      feedback: null,
    });
    expect(await compile('export default 1;\nawait import("x");')).toMatchObject({ outcome: 'passed' });
    expect(await compile('function f() {\n  return 1 +;\n}', 'f();')).toMatchObject({
      outcome: 'compile-error',
      feedback: { line: 2 },
    });
    expect(await compile('const f = 1;', 'const f = 2;')).toMatchObject({ outcome: 'compile-error' });
  });

  it('stops when the signal fires', async () => {
    const stop = new AbortController();
    const running = runner.run(
      {
        code: 'for (;;);',
        tests: { before: '', after: '' },
        task: { id: 't', entryPoint: null, signature: '', resources: null, metadata: {} },
      },
      { limits: resolveLimits(), signal: stop.signal },
    );
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });
});
