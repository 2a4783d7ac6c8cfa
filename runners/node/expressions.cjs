'use strict';

/** Finds its way in the text of JavaScript expressions: calls, arguments, comparisons. It knows brackets and strings, no grammar. */

const OPENING = '([{';
const CLOSING = ')]}';
const QUOTES = '\'"`';
const OPERATORS = ['===', '!==', '==', '!=', '<=', '>=', '<', '>'];
/** Two-character tokens with a comparison's character in them that are none. */
const NO_COMPARISON = ['=>', '<<', '>>', '&&', '||', '??'];
const IDENTIFIER_END = /[\p{L}\p{N}_$.]+$/u;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const DEEPEST_DECLARATION = 8;

/**
 * Walks from `start` over what is at the same depth: brackets, strings and comments count as one step. `visit` gets each offset
 * and its character, and ends the walk by returning true.
 *
 * @returns where it ended: at that offset, at the bracket that closes what `start` is in, or at the end of the text
 */
function walk(text, start, visit) {
  let offset = start;
  while (offset < text.length) {
    const character = text[offset];
    if (CLOSING.includes(character) || visit(offset, character)) return offset;
    if (OPENING.includes(character)) offset = walk(text, offset + 1, () => false) + 1;
    else if (QUOTES.includes(character)) offset = endOfString(text, offset);
    else if (text.startsWith('//', offset)) offset = endOf(text, '\n', offset);
    else if (text.startsWith('/*', offset)) offset = endOf(text, '*/', offset + 2);
    else offset += 1;
  }
  return offset;
}

function endOf(text, what, from) {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found + what.length;
}

function endOfString(text, start) {
  const quote = text[start];
  for (let offset = start + 1; offset < text.length; offset += 1) {
    if (text[offset] === '\\') offset += 1;
    else if (text[offset] === quote) return offset + 1;
    else if (quote === '`' && text.startsWith('${', offset)) offset = walk(text, offset + 2, () => false);
  }
  return text.length;
}

/** The arguments' texts of the first call from an offset on, where nothing but a name comes before its bracket; else null. */
function argumentsAt(text, offset) {
  const open = /^(?:new\s+)?[\p{L}\p{N}_$.\s]*\(/u.exec(text.slice(offset));
  return open === null ? null : listIn(text, offset + open[0].length).parts;
}

function listIn(text, start) {
  const parts = [];
  let from = start;
  const end = walk(text, start, (offset, character) => {
    if (character === ',') {
      parts.push(text.slice(from, offset).trim());
      from = offset + 1;
    }
    return false;
  });
  const last = text.slice(from, end).trim();
  return { parts: last === '' ? parts : [...parts, last], end };
}

/**
 * The call whose name an offset is in: its whole text, its callee (`a.b`), the last name of that, its arguments. `call` and
 * `parts` are null where there is no call.
 */
function calleeAt(text, offset) {
  const before = IDENTIFIER_END.exec(text.slice(0, offset))?.[0] ?? '';
  const start = offset - before.length;
  const head = /^(?:new\s+)?([\p{L}\p{N}_$.]+)\s*\(/u.exec(text.slice(start));
  if (head === null) return { call: null, callee: '', name: '', parts: null };
  const { parts, end } = listIn(text, start + head[0].length);
  const callee = head[1];
  return { call: text.slice(start, end + 1), callee, name: callee.split('.').at(-1), parts };
}

/** The only comparison of an expression: {left, operator, right}; null where there is none, or where it is part of something. */
function compareIn(text) {
  let found = null;
  let isOther = false;
  let skip = 0;
  walk(text, 0, (offset) => {
    if (offset < skip) return false;
    if (NO_COMPARISON.some((token) => text.startsWith(token, offset)) || text[offset] === '?') {
      isOther = true;
      return true;
    }
    const operator = OPERATORS.find((token) => text.startsWith(token, offset));
    if (operator === undefined) return false;
    isOther = found !== null;
    found = {
      left: text.slice(0, offset).trim(),
      operator,
      right: text.slice(offset + operator.length).trim(),
    };
    skip = offset + operator.length;
    return isOther;
  });
  return isOther ? null : found;
}

/** What `!` is applied to, where that is all of the expression; else null. Outer brackets are taken off. */
function operandOfNot(text) {
  if (!/^![^=]/.test(text) || compareIn(text) !== null) return null;
  const operand = text.slice(1).trim();
  let isWhole = true;
  walk(operand, 0, (offset) => {
    isWhole &&= !/^(&&|\|\||\?)/.test(operand.slice(offset, offset + 2));
    return false;
  });
  return isWhole ? withoutBrackets(operand) : null;
}

function withoutBrackets(text) {
  return text.startsWith('(') && walk(text, 1, () => false) === text.length - 1
    ? text.slice(1, -1).trim()
    : text;
}

/** The condition of the `if` that a statement belongs to; null where none stands directly before it. */
function ifAround(text, offset) {
  const before = text.slice(0, offset);
  for (const { index } of [...before.matchAll(/\bif\s*\(/g)].reverse()) {
    const start = text.indexOf('(', index) + 1;
    const end = walk(text, start, () => false);
    if (end < offset)
      return /^\)[\s{]*(throw\b[^;]*)?$/.test(text.slice(end, offset)) ? text.slice(start, end).trim() : null;
  }
  return null;
}

/**
 * The declarations in a text of what an expression names, and of what they name, in an order in which they can stand: for each
 * variable its last declaration before the expression, each function from anywhere.
 */
function declarationsFor(expression, before, everywhere) {
  const declarations = new Map();
  const add = (text, depth) => {
    for (const [name] of text.matchAll(NAME)) {
      if (declarations.has(name) || depth === 0) continue;
      const declaration = variableIn(before, name) ?? functionIn(everywhere, name);
      if (declaration === null || declaration === text) continue;
      declarations.set(name, null);
      add(declaration, depth - 1);
      declarations.delete(name);
      declarations.set(name, declaration);
    }
  };
  add(expression, DEEPEST_DECLARATION);
  return [...declarations.values()].filter((text) => text !== null);
}

function variableIn(text, name) {
  const pattern = new RegExp(
    `(?:^|[;{}\\n])\\s*((?:const|let|var)\\s+${escapeName(name)}\\s*=(?!=|>))`,
    'gu',
  );
  const match = [...text.matchAll(pattern)].at(-1);
  if (match === undefined) return null;
  const start = match.index + match[0].length - match[1].length;
  const end = walk(
    text,
    match.index + match[0].length,
    (offset, character) => character === ';' || endsStatement(text, offset),
  );
  return `${text.slice(start, end)};`;
}

/** A line break where the expression cannot go on. */
function endsStatement(text, offset) {
  return (
    text[offset] === '\n' &&
    !/[=(,+\-*/&|?:<>.]\s*$/.test(text.slice(0, offset)) &&
    !/^\s*[.?:+\-*/&|,)\]}]/.test(text.slice(offset))
  );
}

function functionIn(text, name) {
  const match = new RegExp(`\\b(?:async\\s+)?function\\s+${escapeName(name)}\\s*\\(`, 'u').exec(text);
  if (match === null) return null;
  const parameters = walk(text, match.index + match[0].length, () => false);
  const open = text.indexOf('{', parameters);
  return open < 0 ? null : text.slice(match.index, walk(text, open + 1, () => false) + 1);
}

function escapeName(name) {
  return name.replaceAll('$', '\\$');
}

module.exports = { argumentsAt, calleeAt, compareIn, declarationsFor, ifAround, operandOfNot };
