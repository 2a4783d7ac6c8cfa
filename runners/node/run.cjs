'use strict';

/**
 * Runs one program (`before + candidate + "\n" + after`) as `node main.js` would, and tells the host what came of it. Then its
 * process ends; nobody is served by it again.
 *
 * "Passed" means: the end of the text was reached, the event loop ran empty without an error that nobody caught, and the
 * process ended by itself with 0. `process.exit` never gives 0 to the system, so neither a forged report nor a report
 * that is held back makes an early exit look like an end. The tests share a process with the candidate: code written against
 * this runner can lie, about itself alone.
 */

const { mkdirSync, writeFileSync } = require('node:fs');
const { Module } = require('node:module');
const path = require('node:path');
const { compileFunction, runInThisContext } = require('node:vm');
const { endOfRequests, frameOf, readNetstring, split, write } = require('./wire.cjs');
const { compileProgram } = require('./compile.cjs');
const { createClassifier } = require('./classify.cjs');

const { apply, defineProperty } = Reflect;
const { hrtime } = process;
const { bigint } = hrtime;
const exitNow = process.reallyExit;
const text = String;

/** What the system is told when a program exits early with 0. */
const EARLY = 86;
const MAIN = path.resolve('main.js');
const EXPLAIN_MS = 1_000;
const ASSERT_MODULES = ['assert', 'node:assert', 'assert/strict', 'node:assert/strict'];

function main() {
  if (readNetstring() === null) return;
  write(Buffer.from('5:ready,'));
  const request = readNetstring();
  if (request === null) return;
  endOfRequests();
  const parts = split(request);
  const nonce = new Uint8Array(parts[0]);
  const [mode, dialect, label, before, code, after, emitted, lineMap, resources] = parts
    .slice(1)
    .map((part) => part.toString());
  request.fill(0);
  const send = (fields) => write(frameOf(nonce, fields));
  const compiled = compileProgram({ before, code, after, emitted, lineMap, dialect, label, main: MAIN });
  if (compiled.error !== undefined) {
    send(['error', '0', 'compile-error', ...compiled.error, null, null, null]);
    process.exit(1);
  }
  if (mode === 'compile') {
    send(['returned']);
    return;
  }
  writeResources(split(Buffer.from(resources)));
  send(['started']);
  run(compiled, nonce, send);
}

function writeResources(files) {
  for (let index = 0; index < files.length; index += 2) {
    const file = path.resolve(files[index].toString());
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, files[index + 1]);
  }
}

function run(compiled, nonce, send) {
  const { program } = compiled;
  const returned = frameOf(nonce, ['returned']);
  const usesAssert = /\bassert\b/.test(program);
  const asserts = usesAssert ? loadAsserts() : new Map();
  const assertingConsole = compiled.harnessUses(/\bconsole\s*\.\s*assert\b/) ? makeConsoleAssert() : null;
  const classify = createClassifier(compiled, MAIN);
  const startedAt = apply(bigint, hrtime, []);
  const elapsedUs = () => text((apply(bigint, hrtime, []) - startedAt) / 1000n);
  let ended = false;

  const leave = (exitCode) => {
    const number = exitCode | 0;
    send(['exit', elapsedUs(), text(number)]);
    exitNow(number === 0 ? EARLY : number);
  };
  const fail = (thrown) => {
    try {
      const failure = classify(thrown);
      const say = (line, message, input, expected, actual) =>
        send(['error', elapsedUs(), failure.outcome, failure.kind, line, message, input, expected, actual]);
      say(failure.line, failure.message, null, null, null);
      explainWithin(() => require('./explain.cjs').explain({ thrown, failure, compiled, evaluate, say }));
    } finally {
      exitNow(1);
    }
  };
  const returnedFromMain = () => {
    write(returned);
    ended = true;
  };

  lock(process, 'reallyExit', leave);
  if (process.execve !== undefined) lock(process, 'execve', () => leave(0));
  process.setUncaughtExceptionCaptureCallback(fail);
  lock(process, 'setUncaughtExceptionCaptureCallback', () => undefined);
  process.on('exit', (exitCode) => {
    if (ended) send(['end', elapsedUs()]);
    else leave(exitCode);
  });

  if (compiled.kind === 'module') {
    const file = MAIN.replace(/\.js$/, '.mjs');
    writeFileSync(file, program);
    import(file).then(returnedFromMain, fail);
    return;
  }
  const module = makeModule();
  const requireInside = requireFor(module, asserts);
  const consoleInside = console;
  let reached = null;
  const mark = (requireThen, consoleThen) => {
    const isTampered =
      (usesAssert && requireThen !== requireInside) ||
      (assertingConsole !== null && consoleThen !== consoleInside);
    reached = isTampered ? 'tampered' : 'end';
  };
  const parameters = [module.exports, requireInside, module, MAIN, path.dirname(MAIN), mark];
  try {
    apply(compiled.run, module.exports, parameters);
  } catch (error) {
    fail(error);
  }
  if (reached === 'end') {
    returnedFromMain();
    return;
  }
  const verdict =
    reached === null
      ? ['exited-early', 'return', null, 'returned before the end of the tests']
      : ['runtime-error', 'tampered', null, 'replaced what the tests assert with'];
  send(['error', elapsedUs(), ...verdict, null, null, null]);
  exitNow(1);
}

/** Looks closer at a failure, in bounded time: that runs code of the candidate. */
function explainWithin(work) {
  try {
    defineProperty(globalThis, 'codejuryExplain', { configurable: true, value: work });
    runInThisContext('codejuryExplain()', { timeout: EXPLAIN_MS });
  } catch {
    // What was said so far is what is known.
  }
}

/** What statements that end in a return give where a text ends. */
function evaluate(text, statements) {
  const module = makeModule();
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const work = compileFunction(`${text}\n;{ ${statements} }`, names, { filename: MAIN });
  return work(module.exports, Module.createRequire(MAIN), module, MAIN, path.dirname(MAIN));
}

/** The assertion modules as the tests shall find them: what is frozen, a candidate cannot weaken. */
function loadAsserts() {
  // Loading looks whether stderr has colours, and making that stream costs more than everything else here.
  const stream = Object.getOwnPropertyDescriptor(process, 'stderr');
  defineProperty(process, 'stderr', { configurable: true, value: { isTTY: false } });
  const assert = require('node:assert');
  defineProperty(process, 'stderr', stream);
  const frozen = new Set();
  const freeze = (value) => {
    if (typeof value !== 'function' || frozen.has(value)) return;
    frozen.add(value);
    for (const key of Object.keys(value)) freeze(value[key]);
    Object.freeze(value);
  };
  freeze(assert);
  Object.freeze(assert.AssertionError.prototype);
  return new Map(ASSERT_MODULES.map((name) => [name, name.endsWith('strict') ? assert.strict : assert]));
}

/** `console.assert` that throws, for tests that rely on it: by itself it only prints, and such tests would never fail. */
function makeConsoleAssert() {
  const { AssertionError } = require('node:assert');
  const assert = (holds, ...message) => {
    if (holds) return;
    throw new AssertionError({
      message: message.length === 0 ? undefined : message.map(String).join(' '),
      actual: holds,
      expected: true,
      operator: '==',
      stackStartFn: assert,
    });
  };
  lock(console, 'assert', assert);
  lock(globalThis, 'console', console);
  return assert;
}

function makeModule() {
  const module = new Module(MAIN, null);
  module.filename = MAIN;
  module.paths = Module._nodeModulePaths(path.dirname(MAIN));
  process.mainModule = module;
  process.argv = [process.argv[0], MAIN];
  return module;
}

function requireFor(module, asserts) {
  const load = Module.createRequire(MAIN);
  const { get } = Map.prototype;
  const require = (name) => apply(get, asserts, [name]) ?? load(name);
  return Object.assign(require, load, { main: module });
}

function lock(object, name, value) {
  defineProperty(object, name, { value, writable: false, configurable: false, enumerable: true });
}

/** The program's own output goes nowhere; what is written to descriptor 2 by the engine itself is the host's to read. */
function silence() {
  defineProperty(process, 'stderr', { configurable: true, get: () => process.stdout });
}

silence();
main();
