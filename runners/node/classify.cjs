'use strict';

/**
 * What kind of failure something thrown is. It looks at hostile values without running any of their code: no property is
 * read through a getter or a proxy, no method of theirs is called, and nothing is looked up that a program can replace.
 */

const { types } = require('node:util');
const { offsetOfLine } = require('./compile.cjs');

const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { isNativeError, isProxy } = types;
const { charCodeAt, endsWith, indexOf, slice, startsWith, trimEnd } = String.prototype;
const text = String;
const NativeError = Error;
const { prepareStackTrace } = Error;
const stackOf = getOwnPropertyDescriptor(new Error('any'), 'stack');

const LONGEST_CHAIN = 100;
const MESSAGE_LENGTH = 400;
const NO_ARRAY_BUFFER = 'Array buffer allocation failed';
const NO_BUFFER = 'Failed to allocate memory';

/**
 * @param compiled what compileProgram returned
 * @param main path of the program's file
 * @returns a function from what was thrown to {outcome, kind, message, line, test, byTests}: `line` is the candidate's
 *   innermost own line, `test` the innermost place {line, column} in the tests, `byTests` whether the tests themselves threw
 */
function createClassifier(compiled, main) {
  const { program, ownLine, isAfter } = compiled;
  const mark = `${main}:`;
  const moduleMark = `${main.slice(0, -'js'.length)}mjs:`;
  const throws = throwsOf(compiled);

  return (thrown) => {
    if (!isObject(thrown)) {
      const byTests = typeof thrown === 'string' && begins(thrown, throws);
      const test = byTests ? placeOfThrow(thrown, throws) : null;
      const outcome = byTests ? 'failed' : 'runtime-error';
      return { outcome, kind: typeof thrown, message: clip(text(thrown)), line: null, test, byTests };
    }
    const name = textAt(thrown, 'name');
    const made = valueAt(thrown, 'constructor');
    const constructorName = isObject(made) ? textAt(made, 'name') : null;
    const kind = (name === null || name === 'Error' ? (constructorName ?? name) : name) || 'object';
    const isGenerated = valueAt(thrown, 'generatedMessage') === true;
    const message = isGenerated ? '' : textAt(thrown, 'message');
    const where = placesIn(stackText(thrown));
    const isAssertion = kind === 'AssertionError' || valueAt(thrown, 'code') === 'ERR_ASSERTION';
    const outcome =
      isAssertion || where.byTests ? 'failed' : isExhausted(kind, message) ? 'out-of-memory' : null;
    return { outcome: outcome ?? 'runtime-error', kind, message: clip(message), ...where };
  };

  /** Finds the places of the program that a stack trace names, innermost first. */
  function placesIn(stack) {
    let line = null;
    let test = null;
    let byTests = false;
    let from = 0;
    for (let place = nextPlace(stack, from); place !== null; place = nextPlace(stack, from)) {
      from = place.end;
      const own = ownLine(place.line);
      if (own !== null && line === null) line = own;
      if (test === null && isAfter(place.line)) {
        test = { line: place.line, column: place.column };
        byTests = line === null && isThrow(place);
      }
    }
    return { line, test, byTests };
  }

  function nextPlace(stack, from) {
    const script = apply(indexOf, stack, [mark, from]);
    const module = apply(indexOf, stack, [moduleMark, from]);
    if (script < 0 && module < 0) return null;
    const isScript = module < 0 || (script >= 0 && script < module);
    const start = isScript ? script + mark.length : module + moduleMark.length;
    const line = numberAt(stack, start);
    const column = numberAt(stack, line.end + 1);
    return { line: line.value, column: column.value, end: start };
  }

  /** Whether an error was made by the operand of a throw statement. */
  function isThrow({ line, column }) {
    const upTo = apply(slice, program, [0, offsetOfLine(program, line) + column - 1]);
    return apply(endsWith, apply(trimEnd, upTo, []), ['throw']);
  }
}

/** The beginnings of texts that the tests throw: [text, offset in the program], as far as they are constants. */
function throwsOf({ program, isAfter }) {
  const found = [];
  for (const match of program.matchAll(/\bthrow\s*(['"`])((?:(?!\1|\\|\$\{)[^\n])+)/g)) {
    const lineStart = program.lastIndexOf('\n', match.index) + 1;
    const line = program.slice(0, lineStart).split('\n').length;
    if (isAfter(line)) {
      found.push({ text: match[2], line, column: match.index - lineStart + 1 });
    }
  }
  return found;
}

function placeOfThrow(thrown, throws) {
  for (let index = 0; index < throws.length; index += 1) {
    if (apply(startsWith, thrown, [throws[index].text])) {
      return { line: throws[index].line, column: throws[index].column };
    }
  }
  return null;
}

function begins(thrown, throws) {
  return placeOfThrow(thrown, throws) !== null;
}

function isExhausted(kind, message) {
  return kind === 'RangeError' && (message === NO_ARRAY_BUFFER || message === NO_BUFFER);
}

function clip(message) {
  if (message === null || message.length <= MESSAGE_LENGTH) return message;
  return `${apply(slice, message, [0, MESSAGE_LENGTH - 1])}\u2026`;
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A data property of an object or of what it inherits from; undefined for a getter, a proxy, or nothing. */
function valueAt(object, key) {
  return propertyAt(object, key)?.value;
}

/** The property's descriptor; null behind a proxy, undefined where there is no such property. */
function propertyAt(object, key) {
  let holder = object;
  for (let steps = 0; steps < LONGEST_CHAIN; steps += 1) {
    if (!isObject(holder)) return undefined;
    if (isProxy(holder)) return null;
    const property = getOwnPropertyDescriptor(holder, key);
    if (property !== undefined) return property;
    holder = getPrototypeOf(holder);
  }
  return null;
}

/** Whether reading the property runs no code. */
function isReadable(object, key) {
  const property = propertyAt(object, key);
  return property !== null && property?.get === undefined;
}

function textAt(object, key) {
  const value = valueAt(object, key);
  return typeof value === 'string' ? value : null;
}

/** The stack trace of a real error; '' for anything else. */
function stackText(thrown) {
  if (isProxy(thrown) || !isNativeError(thrown)) return '';
  // The first line of a trace is made when it is looked at.
  if (!isReadable(thrown, 'name') || !isReadable(thrown, 'message')) return '';
  try {
    // The engine asks for these two names when a trace is looked at for the first time.
    defineProperty(NativeError, 'prepareStackTrace', { value: prepareStackTrace, writable: true });
    defineProperty(globalThis, 'Error', { value: NativeError, writable: true });
    const own = getOwnPropertyDescriptor(thrown, 'stack');
    if (own === undefined) return '';
    const stack =
      stackOf.get !== undefined && own.get === stackOf.get ? apply(own.get, thrown, []) : own.value;
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

function numberAt(string, start) {
  let value = 0;
  let end = start;
  for (;;) {
    const digit = apply(charCodeAt, string, [end]) - 48;
    if (!(digit >= 0 && digit <= 9)) return { value, end };
    value = 10 * value + digit;
    end += 1;
  }
}

module.exports = { createClassifier };
