import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contracts/execution.ts';
import type { Limits } from '../../src/execute/limits.ts';
import { type AttackBench, attackTask, openAttackBench, problem, titled } from './attack-bench.ts';

interface Attack {
  readonly name: string;
  /** Defines f(), which should return 1 and mostly does not. */
  readonly code: string;
  readonly after?: string;
  readonly outcome: Outcome | readonly Outcome[];
  readonly kind?: string;
  readonly limits?: Partial<Limits>;
}

const TESTS = "const assert = require('node:assert');\nassert.strictEqual(f(), 1);";
const ASYNC_TESTS =
  "const assert = require('node:assert');\n(async () => { assert.strictEqual(await f(), 1); })();";
const CONSOLE_TESTS = 'console.assert(f() === 1);';
/** Well-formed, and of a nonce that nobody gave. */
const FORGED = JSON.stringify(`44:${'0'.repeat(32)}9:+returned,,44:${'0'.repeat(32)}4:+end,2:+1,,`);
const BRIEF = { wallTimeMs: 1_000 };
const SECONDS = { wallTimeMs: 5_000 };

const onTheVerdict: readonly Attack[] = [
  {
    name: 'writes a verdict to every descriptor there may be',
    code: `const fs = require('fs');
function f() {
  for (const fd of [0, 1, 2, 7, 8, 9]) try { fs.writeSync(fd, ${FORGED}); } catch {}
  process.stdout.write(${FORGED}); console.error(${FORGED});
}`,
    outcome: 'failed',
  },
  {
    name: 'writes a verdict and leaves with 0',
    code: `function f() { require('fs').writeSync(7, ${FORGED}); process.exit(0); }`,
    outcome: 'exited-early',
    kind: 'exit',
  },
  {
    name: 'writes garbage where verdicts go, and returns the right answer',
    code: "function f() { require('fs').writeSync(7, 'garbage'); return 1; }",
    outcome: 'runtime-error',
    kind: 'SIGKILL',
  },
  {
    name: 'floods the channel with forged verdicts',
    code: `function f() { for (let i = 0; i < 5000; i++) require('fs').writeSync(7, ${FORGED}); return 1; }`,
    outcome: 'runtime-error',
    kind: 'SIGKILL',
  },
  {
    name: 'announces a verdict of many megabytes',
    code: `function f() { const fs = require('fs'); fs.writeSync(7, '9999999:'); for (let i = 0; i < 200; i++) fs.writeSync(7, 'x'.repeat(65536)); return 1; }`,
    outcome: 'runtime-error',
    kind: 'output',
  },
  {
    name: 'closes the channel and fails',
    code: "function f() { require('fs').closeSync(7); }",
    outcome: 'runtime-error',
    kind: 'exit',
  },
  {
    name: 'closes the channel and returns the right answer',
    code: "function f() { require('fs').closeSync(7); return 1; }",
    outcome: 'exited-early',
  },
  {
    name: 'closes the channel and leaves with 0',
    code: "function f() { require('fs').closeSync(7); process.exit(0); }",
    outcome: 'exited-early',
  },
  {
    name: 'process.exit(0)',
    code: 'function f() { process.exit(0); }',
    outcome: 'exited-early',
    kind: 'exit',
  },
  {
    name: 'process.exit() in the program',
    code: 'process.exit();\nfunction f() {}',
    outcome: 'exited-early',
  },
  {
    name: 'process.exit(3)',
    code: 'function f() { process.exit(3); }',
    outcome: 'runtime-error',
    kind: 'exit',
  },
  { name: 'process.reallyExit(0)', code: 'function f() { process.reallyExit(0); }', outcome: 'exited-early' },
  {
    name: 'process.exit(0) while asynchronous tests wait',
    code: 'setTimeout(() => process.exit(0));\nfunction f() { return new Promise((done) => setTimeout(done, 100, 2)); }',
    after: ASYNC_TESTS,
    outcome: 'exited-early',
  },
  {
    name: 'says that the process ends before it leaves',
    code: "setTimeout(() => { process._exiting = true; process.emit('exit', 0); process.exit(0); });\nfunction f() { return new Promise(() => {}); }",
    after: ASYNC_TESTS,
    outcome: 'exited-early',
  },
  {
    name: 'exit code 0 in an exit handler after failing',
    code: "process.on('exit', () => { process.exitCode = 0; process.exit(0); });\nfunction f() {}",
    outcome: 'failed',
  },
  {
    name: 'exit code 0 in an exit handler after an error nobody caught',
    code: "process.on('exit', () => process.exit(0));\nfunction f() { setTimeout(() => { throw new Error('late'); }); return 1; }",
    outcome: 'runtime-error',
    kind: 'Error',
  },
  {
    name: 'process.exitCode = 0 before failing',
    code: 'process.exitCode = 0;\nfunction f() {}',
    outcome: 'failed',
  },
  {
    name: 'process.exitCode = 5 after passing',
    code: 'function f() { process.exitCode = 5; return 1; }',
    outcome: 'runtime-error',
    kind: 'exit',
  },
  {
    name: 'throws in an exit handler after passing',
    code: "process.on('exit', () => { throw new TypeError('late'); });\nfunction f() { return 1; }",
    outcome: 'runtime-error',
    kind: 'TypeError',
  },
  {
    name: 'removes all listeners and everything that ends a process',
    code: `process.removeAllListeners();
process.exit = process.reallyExit = process.abort = process.kill = () => {};
process.setUncaughtExceptionCaptureCallback(null);
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
function f() {}`,
    outcome: 'failed',
  },
  {
    name: 'swallows what asynchronous tests throw',
    code: `process.on('uncaughtException', () => {}); process.on('unhandledRejection', () => {});
process.setUncaughtExceptionCaptureCallback(null);
try { process.setUncaughtExceptionCaptureCallback(() => {}); } catch {}
function f() { return Promise.resolve(2); }`,
    after: ASYNC_TESTS,
    outcome: 'failed',
    kind: 'AssertionError',
  },
  {
    name: 'a rejection that nobody handles',
    code: "function f() { Promise.reject(new RangeError('lost')); return 1; }",
    outcome: 'runtime-error',
    kind: 'RangeError',
  },
  {
    name: 'an error in a timer after passing',
    code: 'function f() { setTimeout(() => { null.x; }); return 1; }',
    outcome: 'runtime-error',
    kind: 'TypeError',
  },
  {
    name: 'returns from the program before the tests',
    code: 'function f() {}\nreturn;',
    outcome: 'exited-early',
    kind: 'return',
  },
  {
    name: 'throws away the tests with a return in a block',
    code: 'function f() {}\n{ if (true) return 0; }',
    outcome: 'exited-early',
    kind: 'return',
  },
  {
    name: 'swallows the tests with an open comment',
    code: 'function f() {}\n/*',
    after: `${TESTS}\n/* end */`,
    outcome: 'compile-error',
  },
  {
    name: 'swallows the tests with an open template',
    code: 'function f() {}\n`',
    after: `${TESTS}\n\`end\``,
    outcome: 'compile-error',
  },
  {
    name: 'swallows the tests with an open function',
    code: 'function f() {}\nfunction g() {',
    outcome: 'compile-error',
  },
  {
    name: 'closes the function it believes to be in',
    code: 'function f() {}\n}); process.exit(0); (function () {',
    outcome: 'compile-error',
  },
  {
    name: 'redefines require as a function',
    code: 'function require() { return { strictEqual() {} }; }\nfunction f() {}',
    outcome: 'runtime-error',
    kind: 'tampered',
  },
  {
    name: 'assigns require',
    code: 'require = () => ({ strictEqual() {} });\nfunction f() {}',
    outcome: 'runtime-error',
    kind: 'tampered',
  },
  {
    name: 'defines assert itself',
    code: 'const assert = { strictEqual() {} };\nfunction f() {}',
    outcome: 'compile-error',
  },
  {
    name: 'replaces functions of the assert module',
    code: `for (const name of ['assert', 'node:assert', 'assert/strict']) {
  const module = require(name);
  for (const key of Object.keys(module)) try { module[key] = () => {}; } catch {}
  try { Object.defineProperty(module, 'strictEqual', { value: () => {} }); } catch {}
}
function f() {}`,
    outcome: 'failed',
  },
  {
    name: 'replaces modules in require.cache and in the loader',
    code: `const Module = require('module');
Module.prototype.require = Module._load = () => ({ strictEqual() {} });
for (const key of Object.keys(require.cache)) require.cache[key].exports = {};
require.cache['node:assert'] = require.cache.assert = { exports: { strictEqual() {} } };
function f() {}`,
    outcome: 'failed',
  },
  {
    name: 'replaces console.assert',
    code: 'console.assert = () => {}; globalThis.console = { assert() {} };\nfunction f() {}',
    after: CONSOLE_TESTS,
    outcome: 'failed',
  },
  {
    name: 'hides console behind a variable',
    code: 'var console = { assert() {} };\nfunction f() {}',
    after: CONSOLE_TESTS,
    outcome: 'runtime-error',
    kind: 'tampered',
  },
  {
    name: 'replaces built-in functions',
    code: `function f() {
  const nothing = () => undefined;
  for (const object of [JSON, Reflect, Object, Array.prototype, String.prototype, RegExp.prototype, Function.prototype, Map.prototype, Buffer, Buffer.prototype, Uint8Array.prototype, Object.getPrototypeOf(Uint8Array.prototype), TextEncoder.prototype, process, require('fs'), require('util'), require('util').types, require('vm'), Math, Error, Symbol])
    for (const key of Reflect.ownKeys(object)) try { if (typeof object[key] === 'function' && key !== 'defineProperty' && key !== 'ownKeys') object[key] = nothing; } catch {}
}`,
    outcome: 'runtime-error',
    kind: 'TypeError',
  },
  {
    name: 'replaces the built-in objects themselves',
    code: `function f() {
  for (const key of ['Error', 'AssertionError', 'Uint8Array', 'Buffer', 'Object', 'Reflect', 'String', 'Promise', 'TextEncoder', 'console', 'process', 'Symbol', 'BigInt'])
    try { globalThis[key] = null; } catch {}
}`,
    outcome: 'runtime-error',
    kind: 'TypeError',
  },
  {
    name: 'pollutes prototypes with setters and getters',
    code: `function f() {
  for (const key of ['0', '1', 'length', 'outcome', 'kind', 'line', 'message', 'value', 'get', 'then', 'stack', 'code'])
    try { Object.defineProperty(Object.prototype, key, { get() { return 'passed'; }, set() {}, configurable: true }); } catch {}
}`,
    outcome: 'runtime-error',
    kind: 'TypeError',
  },
  {
    name: 'prepares stack traces',
    code: `Error.prepareStackTrace = () => { process.exit(0); };
Error.stackTraceLimit = 0;
function f() { throw new Error('x'); }`,
    outcome: 'runtime-error',
    kind: 'Error',
  },
  {
    name: 'freezes Error with a trap for stack traces',
    code: `Object.defineProperty(Error, 'prepareStackTrace', { value: () => { throw 0; } });
Object.freeze(Error);
function f() { throw new Error('x'); }`,
    outcome: 'runtime-error',
    kind: 'Error',
  },
  {
    name: 'makes the global object and its prototype proxies',
    code: `Object.setPrototypeOf(Object.getPrototypeOf(globalThis), new Proxy({}, { get() { process.exit(0); }, has: () => true }));
function f() {}`,
    outcome: 'failed',
  },
  {
    name: 'calls the mark at the end of the tests by a name it guesses',
    code: 'function f() {}\ntry { end(require, console); } catch {}\nreturn;',
    outcome: 'exited-early',
  },
  {
    name: 'looks for the nonce in shared buffers',
    code: `function f() {
  const pool = Buffer.from(Buffer.allocUnsafe(8).buffer).toString('latin1');
  return /[0-9a-f]{32}/.test(pool) ? 2 : 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'looks for the nonce in a heap snapshot',
    code: `function f() {
  const { Readable } = require('stream');
  const text = require('fs').readFileSync(require('v8').writeHeapSnapshot('/tmp/heap'), 'latin1');
  return /"[0-9a-f]{32}"/.test(text) ? 2 : 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'looks for the runner in require.cache, in the arguments and in the environment',
    code: `function f() {
  const names = Object.keys(require.cache).concat(process.argv.slice(1), Object.keys(process.env), module.children.map((m) => m.id));
  return require.main === module && Object.keys(require.cache).every((name) => Object.keys(require.cache[name].exports).length === 0) ? 1 : names;
}`,
    outcome: 'passed',
  },
  {
    name: 'reads the request again',
    code: `function f() {
  const fs = require('fs');
  for (const fd of [0, 8]) try { if (fs.readSync(fd, Buffer.alloc(10)) > 0) return 2; } catch {}
  return fs.readFileSync(0, 'utf8') === '' ? 1 : 3;
}`,
    outcome: 'passed',
  },
  {
    name: 'binds to the inside of Node',
    code: `function f() {
  for (const name of ['process_methods', 'fs', 'spawn_sync', 'inspector', 'contextify', 'worker', 'util', 'errors'])
    try { const binding = process.binding(name); binding.reallyExit?.(0); binding.triggerUncaughtException?.(0); } catch {}
}`,
    outcome: 'failed',
  },
  {
    name: 'execve replaces the process by one that succeeds',
    code: "function f() { process.execve('/usr/bin/true', ['true'], {}); }",
    outcome: 'exited-early',
  },
  {
    name: 'execve after asynchronous tests began',
    code: "setTimeout(() => process.execve('/usr/bin/true', ['true'], {}));\nfunction f() { return new Promise(() => {}); }",
    after: ASYNC_TESTS,
    outcome: 'exited-early',
  },
  {
    name: 'a worker leaves with 0',
    code: "function f() { new (require('worker_threads').Worker)('process.exit(0)', { eval: true }); }",
    outcome: 'failed',
  },
  {
    name: 'a module never comes to its end',
    code: 'export function f() { return 1; }\nawait new Promise(() => {});',
    after: "import assert from 'node:assert';\nassert.strictEqual(f(), 1);",
    outcome: 'exited-early',
  },
  {
    name: 'a module exits with 0',
    code: 'export function f() { process.exit(0); }',
    after: "import assert from 'node:assert';\nassert.strictEqual(f(), 1);",
    outcome: 'exited-early',
  },
  {
    name: 'a module weakens assert for the tests',
    code: "import assert2 from 'node:assert';\ntry { assert2.strictEqual = () => {}; } catch {}\nexport function f() {}",
    after: "import assert from 'node:assert';\nassert.strictEqual(f(), 1);",
    outcome: 'failed',
  },
  // What is thrown: never looked at in a way that runs code of it before the verdict is told.
  { name: 'throws null', code: 'function f() { throw null; }', outcome: 'runtime-error', kind: 'object' },
  {
    name: 'throws undefined',
    code: 'function f() { throw undefined; }',
    outcome: 'runtime-error',
    kind: 'undefined',
  },
  {
    name: 'throws a symbol',
    code: "function f() { throw Symbol('s'); }",
    outcome: 'runtime-error',
    kind: 'symbol',
  },
  {
    name: 'throws an object without a prototype',
    code: 'function f() { throw Object.create(null); }',
    outcome: 'runtime-error',
    kind: 'object',
  },
  {
    name: 'throws a proxy that never answers',
    code: `const forever = () => { for (;;); };
function f() { throw new Proxy(() => {}, { get: forever, has: forever, getPrototypeOf: forever, ownKeys: forever, getOwnPropertyDescriptor: forever, apply: forever }); }`,
    outcome: 'runtime-error',
  },
  {
    name: 'throws an error whose getters exit',
    code: `class Odd extends Error {
  get message() { process.exit(0); } get name() { process.exit(0); } get stack() { process.exit(0); }
  get code() { process.exit(0); } toString() { process.exit(0); }
  get [Symbol.toStringTag]() { process.exit(0); } [require('util').inspect.custom]() { process.exit(0); }
}
Object.defineProperty(Odd.prototype, 'constructor', { get() { process.exit(0); } });
function f() { throw new Odd(); }`,
    outcome: 'runtime-error',
  },
  {
    name: 'throws an error that takes for ever to describe',
    code: `function f() { const e = new Error('x'); const forever = () => { for (;;); };
  Object.defineProperty(e, 'stack', { get: forever }); Object.defineProperty(e, 'message', { get: forever });
  Object.defineProperty(e, Symbol.toStringTag, { get: forever }); e.toString = forever; throw e; }`,
    outcome: 'runtime-error',
    kind: 'Error',
  },
  {
    name: 'throws an endless chain of prototypes',
    code: 'function f() { let o = {}; for (let i = 0; i < 1e5; i++) o = Object.create(o); throw o; }',
    outcome: 'runtime-error',
  },
  {
    name: 'throws an assertion error of its own that claims to pass',
    code: "function f() { const e = new Error('passed'); e.code = 'ERR_ASSERTION'; e.name = 'passed'; e.outcome = 'passed'; throw e; }",
    outcome: 'failed',
  },
  {
    name: 'returns what never ends to describe',
    code: "function f() { return { [require('util').inspect.custom]() { for (;;); }, toString() { for (;;); } }; }",
    outcome: 'failed',
  },
  {
    name: 'returns a getter that never ends, which assertions call themselves',
    code: 'function f() { return { get a() { for (;;); } }; }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'returns a getter that never ends where nothing but the report would call it',
    code: 'function f() { return { get a() { for (;;); } }; }',
    after: "const assert = require('node:assert');\nassert(f() === 1, 'wrong');",
    outcome: 'failed',
  },
  {
    name: 'never ends when it is looked at a second time',
    code: 'let calls = 0;\nfunction f() { if (calls++ > 0) for (;;); return 2; }\nif (globalThis.again) for (;;);\nglobalThis.again = true;',
    after: "const assert = require('node:assert');\nassert(f() === 1);",
    outcome: 'failed',
  },
  {
    name: 'exits with 0 when it is looked at a second time',
    code: 'if (globalThis.again) process.exit(0);\nglobalThis.again = true;\nfunction f() { return 2; }',
    after: "const assert = require('node:assert');\nassert(f() === 1);",
    outcome: 'failed',
  },
];

const onTheHost: readonly Attack[] = [
  { name: 'loops', code: 'function f() { for (;;); }', outcome: 'timeout', kind: 'wall-time', limits: BRIEF },
  {
    name: 'loops in microtasks',
    code: 'function f() { const again = () => Promise.resolve().then(again); again(); return 1; }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'sets timers without end',
    code: 'function f() { const again = () => setTimeout(again); again(); return 1; }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'leaves an interval behind after passing',
    code: 'setInterval(() => {}, 1e6);\nfunction f() { return 1; }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'leaves a timer behind that it unreferenced',
    code: 'setInterval(() => {}, 1e6).unref();\nfunction f() { return 1; }',
    outcome: 'passed',
  },
  {
    name: 'waits for ever',
    code: 'function f() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'matches a catastrophic regular expression',
    code: "function f() { return /^(a+)+$/.test('a'.repeat(60) + 'b'); }",
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'computes a gigantic integer',
    code: 'function f() { return 9n ** (9n ** 9n); }',
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'uses more CPU time than it may',
    code: 'function f() { for (;;); }',
    outcome: 'timeout',
    kind: 'cpu-time',
    limits: { cpuTimeMs: 1_000 },
  },
  {
    name: 'ignores every signal and sleeps',
    code: `function f() {
  for (const name of Object.keys(require('os').constants.signals)) try { process.on(name, () => {}); } catch {}
  setInterval(() => {}, 1e6); return 1;
}`,
    outcome: 'timeout',
    limits: BRIEF,
  },
  { name: 'aborts', code: 'function f() { process.abort(); }', outcome: 'runtime-error', kind: 'SIGABRT' },
  {
    name: 'claims to be out of memory and aborts',
    code: "function f() { console.error('FATAL ERROR: JavaScript heap out of memory'); process.abort(); }",
    outcome: 'runtime-error',
    kind: 'SIGABRT',
  },
  {
    name: 'kills itself',
    code: "function f() { process.kill(process.pid, 'SIGKILL'); for (;;); }",
    outcome: 'runtime-error',
    kind: 'SIGKILL',
  },
  {
    name: 'kills itself by a signal that ends it',
    code: "function f() { process.kill(process.pid, 'SIGTERM'); for (;;); }",
    outcome: 'runtime-error',
    kind: 'SIGTERM',
  },
  {
    name: 'kills everything it may',
    code: "function f() { process.kill(-1, 'SIGKILL'); for (;;); }",
    outcome: 'runtime-error',
    kind: 'Error',
  },
  {
    name: 'stops itself',
    code: "function f() { process.kill(process.pid, 'SIGSTOP'); return 1; }",
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'kills and stops the first process',
    code: "function f() { for (const s of ['SIGKILL', 'SIGSTOP', 'SIGTERM']) try { process.kill(1, s); process.kill(process.ppid, s); } catch {} return 1; }",
    outcome: 'passed',
  },
  {
    name: 'recurses for ever',
    code: 'function f() { return f(); }',
    outcome: 'runtime-error',
    kind: 'RangeError',
  },
  {
    name: 'recurses through native code',
    code: 'function f() { return [1].map(() => JSON.stringify({ toJSON: f })); }',
    outcome: 'runtime-error',
    kind: 'RangeError',
  },
  {
    name: 'recurses for ever in a worker',
    code: `function f() {
  const { Worker } = require('worker_threads');
  new Worker('const g = () => g() + 1; try { g(); } catch {}', { eval: true });
  return 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'is too deep for the compiler',
    code: `function f() { return ${'('.repeat(200_000)}1${')'.repeat(200_000)}; }`,
    outcome: 'compile-error',
  },
  {
    name: 'fills the heap with objects',
    code: 'function f() { const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length + 0.5)); }',
    outcome: 'out-of-memory',
    kind: 'memory',
    limits: { memoryBytes: 512 * 1024 ** 2 },
  },
  {
    name: 'fills memory outside the heap',
    code: 'function f() { const kept = []; for (;;) kept.push(Buffer.alloc(1 << 24, 1)); }',
    outcome: 'out-of-memory',
    limits: { memoryBytes: 512 * 1024 ** 2 },
  },
  {
    name: 'asks for one array buffer that is too large',
    code: 'function f() { return new ArrayBuffer(2 ** 36); }',
    outcome: 'out-of-memory',
    kind: 'RangeError',
  },
  {
    name: 'asks for one filled buffer that is too large',
    code: 'function f() { return Buffer.alloc(2 ** 32, 1); }',
    outcome: 'out-of-memory',
    kind: 'RangeError',
  },
  {
    name: 'makes a string that is too long',
    code: "function f() { let s = 'x'; for (;;) s += s; }",
    outcome: 'runtime-error',
    kind: 'RangeError',
  },
  {
    name: 'prints a gigabyte',
    code: `function f() {
  const block = 'x'.repeat(1 << 20);
  for (let i = 0; i < 512; i++) { process.stdout.write(block); require('fs').writeSync(2, block); }
  return 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'fills the scratch space',
    code: "function f() { for (let i = 0; i < 100; i++) require('fs').writeFileSync('/tmp/' + i, Buffer.alloc(1 << 20)); return 1; }",
    outcome: 'runtime-error',
    kind: 'Error',
  },
  {
    name: 'writes one huge file',
    code: "function f() { const fs = require('fs'); const fd = fs.openSync('/tmp/huge', 'w'); for (;;) fs.writeSync(fd, Buffer.alloc(1 << 22)); }",
    outcome: 'runtime-error',
  },
  {
    name: 'fork bomb through a shell',
    code: `function f() {
  const { spawn } = require('child_process');
  const bomb = () => spawn('/bin/sh', ['-c', 'bomb() { bomb | bomb & }; bomb; sleep 600'], { detached: true, stdio: 'ignore' }).on('error', () => {});
  for (let i = 0; i < 20; i++) bomb();
  for (;;);
}`,
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'starts itself again and again',
    code: `const { spawn } = require('child_process');
function f() {
  const again = () => { spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { detached: true, stdio: 'ignore' }).on('error', () => {}); setImmediate(again); };
  again();
  return 1;
}`,
    outcome: 'timeout',
    limits: BRIEF,
  },
  {
    name: 'leaves daemons in sessions of their own',
    code: `function f() {
  const { spawn } = require('child_process');
  for (let i = 0; i < 5; i++) spawn('/bin/sleep', ['600'], { detached: true, stdio: 'ignore' }).unref();
  return 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'leaves daemons that hold the channel open',
    code: `function f() {
  const { spawn } = require('child_process');
  spawn('/bin/sleep', ['600'], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 7] }).unref();
  return 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'worker bomb',
    code: `function f() {
  const { Worker } = require('worker_threads');
  for (let i = 0; i < 200; i++) new Worker('for (;;);', { eval: true }).on('error', () => {});
  return 1;
}`,
    // Now and then the engine finds no place for the code of one more of itself before it finds no thread.
    outcome: ['runtime-error', 'out-of-memory'],
    limits: { ...SECONDS, processes: 32 },
  },
  {
    name: 'reads files of the host',
    code: `const fs = require('fs');
const tried = (work) => { try { return work(); } catch (error) { return error.code; } };
function f() {
  const seen = ['/etc/passwd', '/etc/shadow', '/root', '/home', '/var', '/proc', '/sys', ${JSON.stringify(process.cwd())}].map((path) => tried(() => fs.statSync(path)));
  return seen.every((code) => code === 'ENOENT') ? 1 : seen;
}`,
    outcome: 'passed',
  },
  {
    name: 'reads the environment',
    code: "function f() { const names = Object.keys(process.env).sort().join(); return names === 'HOME,LANG,PATH,PWD,TMPDIR' ? 1 : names; }",
    outcome: 'passed',
  },
  {
    name: 'looks for files of another candidate',
    code: "function f() { const names = require('fs').readdirSync('/tmp').join(); return names === '.codejury' ? 1 : names; }",
    outcome: 'passed',
  },
  {
    name: 'changes the runner that lies in its folder',
    code: `const fs = require('fs');
const tried = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };
function f() {
  const file = '/tmp/.codejury/run.cjs';
  const results = [() => fs.writeFileSync(file, ''), () => fs.unlinkSync(file), () => fs.renameSync(file, '/tmp/x'), () => fs.writeFileSync(process.execPath, '')].map(tried);
  return results.includes('done') ? results : 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'leaves a file for the next candidate',
    code: "function f() { require('fs').writeFileSync('/tmp/loot', 'x'); return 1; }",
    outcome: 'passed',
  },
  {
    name: 'reaches the network',
    code: `const net = require('net');
const reach = (host, port) => new Promise((done) => net.connect({ host, port, timeout: 500 }).on('connect', () => done('connected')).on('timeout', () => done('silent')).on('error', (error) => done(error.code)));
async function f() {
  const results = await Promise.all([reach('127.0.0.1', 22), reach('8.8.8.8', 53), reach('192.0.2.1', 80), reach('169.254.169.254', 80), require('dns').promises.lookup('example.com').catch((error) => error.code)]);
  return results.includes('connected') || results.some((result) => typeof result !== 'string') ? results : 1;
}`,
    after: ASYNC_TESTS,
    outcome: 'passed',
  },
  {
    name: 'opens the inspector to the outside',
    code: "function f() { try { require('inspector').open(9229, '0.0.0.0'); } catch {} return 1; }",
    outcome: 'passed',
  },
  {
    name: 'changes user and limits',
    code: `const tried = (work) => { try { work(); return 'done'; } catch (error) { return error.code ?? error.name; } };
function f() {
  const results = [() => process.setuid(0), () => process.setgid(0), () => process.setgroups([0]), () => require('fs').chownSync('/tmp', 0, 0)].map(tried);
  return results.includes('done') ? results : 1;
}`,
    outcome: 'passed',
  },
  {
    name: 'loads a native addon',
    code: "function f() { require('fs').writeFileSync('/tmp/a.node', Buffer.alloc(100)); return require('/tmp/a.node'); }",
    outcome: 'runtime-error',
    kind: 'Error',
  },
];

describe.skipIf(problem !== null)(titled('attacks in JavaScript'), () => {
  let bench: AttackBench;
  beforeAll(async () => {
    bench = await openAttackBench('javascript', 'javascript');
  });
  afterAll(async () => {
    await bench.close();
    expect(await bench.survivors()).toEqual([]);
  });

  for (const { name, code, after = TESTS, outcome, kind, limits } of [...onTheVerdict, ...onTheHost]) {
    it(`${name}: ${[outcome].flat().join(' or ')}${kind === undefined ? '' : ` (${kind})`}, and the next ones are as they should be`, async () => {
      const execution = await bench.run(code, after, limits);
      expect([outcome].flat(), JSON.stringify(execution.feedback)).toContain(execution.outcome);
      if (kind !== undefined) expect(execution.feedback?.kind).toBe(kind);
      expect(await bench.survivors()).toEqual([]);
      const right = await bench.run('function f() { return 1; }', TESTS);
      const wrong = await bench.run('function f() { return 2; }', TESTS);
      expect([right.outcome, wrong.outcome]).toEqual(['passed', 'failed']);
    });
  }

  it('gives the stack the same depth in every run', async () => {
    const code =
      'function depth(n) { try { return depth(n + 1); } catch { return n; } }\nfunction f() { return depth(0); }';
    const depths = [];
    for (let run = 0; run < 5; run += 1) depths.push((await bench.run(code, TESTS)).feedback?.actual);
    expect(new Set(depths).size).toBe(1);
    const sum =
      'function sum(n) { return n === 0 ? 0 : 1 + sum(n - 1); }\nfunction f() { sum(100); return sum(13_441) / 13_441; }';
    for (let run = 0; run < 5; run += 1) expect((await bench.run(sum, TESTS)).outcome).toBe('passed');
  });

  it('leaves nothing to chance but what is not of the language', async () => {
    const code = 'function f() { return [Math.random(), Math.random()]; }';
    const run = async (seed: number) =>
      (
        await bench.executor.execute({
          task: attackTask('javascript', { before: '', after: TESTS }),
          candidate: { id: 'random', code },
          signal: new AbortController().signal,
          seed,
        })
      ).feedback?.actual;
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    expect(first).toMatch(/^\[ 0\.\d+, 0\.\d+ \]$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  /** What one process cannot keep apart. Known, and never more than a lie about oneself. */
  describe('known limits', () => {
    it('an object that equals everything passes a loose comparison', async () => {
      const code = 'function f() { return { valueOf: () => 1 }; }';
      const loose = "const assert = require('node:assert');\nassert(f() == 1);";
      expect((await bench.run(code, loose)).outcome).toBe('passed');
      expect((await bench.run(code, TESTS)).outcome).toBe('failed');
    });

    it('code that reads the text it is part of can call the mark at its end, for itself alone', async () => {
      const code = `function f() {}
eval(/end_[0-9a-f]{32}/.exec(arguments.callee.toString())[0] + '(require, console)');
return;`;
      expect((await bench.run(code, TESTS)).outcome).toBe('passed');
      expect((await bench.run('function f() { return 2; }', TESTS)).outcome).toBe('failed');
    });
  });
});
