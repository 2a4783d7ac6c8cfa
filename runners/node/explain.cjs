'use strict';

/**
 * What a failing test called, expected and got. Read off the text of the statement that failed; values come with the assertion's
 * error or, where it has none, from running the candidate and the tested expression once more. Loaded only after a failure;
 * nothing here changes the verdict.
 */

const { inspect } = require('node:util');
const { offsetOfLine } = require('./compile.cjs');
const {
  argumentsAt,
  calleeAt,
  compareIn,
  declarationsFor,
  ifAround,
  operandOfNot,
} = require('./expressions.cjs');

const TEXT_LENGTH = 400;
const SHOWN = {
  depth: 8,
  breakLength: Number.POSITIVE_INFINITY,
  compact: true,
  maxArrayLength: 100,
  maxStringLength: TEXT_LENGTH,
  // Neither runs code of the value.
  customInspect: false,
  showProxy: true,
};

const SAME = /^(deepEqual|deepStrictEqual|equal|strictEqual|partialDeepStrictEqual)$/;
const DIFFERENT = /^not(DeepEqual|DeepStrictEqual|Equal|StrictEqual)$/;
const TRUE = /^(assert|ok)$/;
/** Helpers of tests that compare their two arguments. */
const COMPARES = /(equal|compare|same|eq)$/i;
const OPPOSITE = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/**
 * @param thrown what was thrown, `failure` what classify said of it, `compiled` the program, `evaluate` the value of an
 *   expression behind a text of the program
 * @param say takes what is known: line, message, input, expected, actual
 */
function explain({ thrown, failure, compiled, evaluate, say }) {
  const { line, test } = failure;
  const message = failure.message ?? clip(show(thrown));
  say(line, message, null, null, null);
  if (test === null) return;
  const { program } = compiled;
  const offset = offsetOfLine(program, test.line) + test.column - 1;
  const look = lookAt(compiled, offset, evaluate);
  const values =
    failure.outcome !== 'failed' || line !== null
      ? [calleeAt(program, offset).call, null, null]
      : failure.byTests
        ? look.thrownByTests()
        : look.assertion(thrown);
  say(line, message, ...values.map(clip));
}

function lookAt(compiled, offset, evaluate) {
  const { program } = compiled;
  const testsStart = compiled.testsStart;
  const tests = program.slice(testsStart);
  const declared = (expression) => declarationsFor(expression, tests.slice(0, offset - testsStart), tests);

  /** The value's text; null where it cannot be had. */
  const value = (expression) => {
    try {
      return show(
        evaluate(program.slice(0, testsStart), `${declared(expression).join('\n')}\nreturn (${expression});`),
      );
    } catch {
      return null;
    }
  };
  /** What a variable of the tests was set to, where it is one. */
  const source = (expression) => {
    const [, set] =
      /^(?:const|let|var)\s+[\w$]+\s*=\s*([\s\S]*?);?\s*$/.exec(
        isName(expression) ? (declared(expression).at(-1) ?? '') : '',
      ) ?? [];
    return set ?? expression;
  };
  const pair = (tested, other, prefix) => {
    const [subject, reference] =
      !hasCall(source(tested)) && hasCall(source(other)) ? [other, tested] : [tested, other];
    const expected = value(reference);
    return [source(subject), expected === null ? null : prefix + expected, value(subject)];
  };

  const condition = (text, isWanted) => {
    const negated = operandOfNot(text);
    if (negated !== null) return condition(negated, !isWanted);
    const compared = compareIn(text);
    if (compared !== null) {
      const operator = isWanted ? compared.operator : OPPOSITE[compared.operator];
      const [left, right] = withoutStringify(compared.left, compared.right);
      return pair(left, right, operator === '===' || operator === '==' ? '' : `${operator} `);
    }
    const { name, parts } = calleeAt(text, 0);
    if (isWanted && parts !== null && parts.length === 2 && COMPARES.test(name))
      return pair(parts[0], parts[1], '');
    return [source(text), isWanted ? 'a true value' : 'a false value', value(text)];
  };

  return {
    thrownByTests: () => {
      const text = ifAround(program, offset);
      return text === null ? [null, null, null] : condition(text, false);
    },
    assertion: (error) => {
      const { name } = calleeAt(program, offset);
      const parts = argumentsAt(program, offset);
      if (parts === null || parts.length === 0) return [null, null, null];
      const [first, second = ''] = parts;
      if (TRUE.test(name)) return condition(first, true);
      if (!SAME.test(name) && !DIFFERENT.test(name)) return [first, null, null];
      const prefix = SAME.test(name) ? '' : 'not ';
      const isSwapped = !hasCall(source(first)) && hasCall(source(second));
      const [actual, expected] = [show(error.actual), show(error.expected)];
      return isSwapped
        ? [source(second), prefix + actual, expected]
        : [source(first), prefix + expected, actual];
    },
  };
}

/** `JSON.stringify(a)` and `JSON.stringify(b)` are compared because a and b cannot be. */
function withoutStringify(left, right) {
  const bare = [left, right].map((side) => {
    const { callee, parts, call } = calleeAt(side, 0);
    return callee === 'JSON.stringify' && parts?.length === 1 && call === side ? parts[0] : null;
  });
  return bare.includes(null) ? [left, right] : bare;
}

function isName(text) {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text);
}

function hasCall(text) {
  return /[\p{L}\p{N}_$\])]\s*\(/u.test(text);
}

function show(value) {
  return inspect(value, SHOWN);
}

function clip(text) {
  return text === null || text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH - 1)}…`;
}

module.exports = { explain };
