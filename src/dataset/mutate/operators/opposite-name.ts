import type { MutationOperator } from '../mutation.ts';
import { replaced } from '../mutation.ts';

/** Functions and methods that are easily taken for each other. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['max', 'min'],
  ['any', 'all'],
  ['upper', 'lower'],
  ['isupper', 'islower'],
  ['isalpha', 'isalnum'],
  ['startswith', 'endswith'],
  ['lstrip', 'rstrip'],
  ['find', 'rfind'],
  ['floor', 'ceil'],
  ['keys', 'values'],
  ['append', 'extend'],
  ['union', 'intersection'],
  ['toUpperCase', 'toLowerCase'],
  ['startsWith', 'endsWith'],
  ['indexOf', 'lastIndexOf'],
  ['trimStart', 'trimEnd'],
  ['some', 'every'],
  ['anyMatch', 'allMatch'],
  ['push', 'unshift'],
  ['isUpperCase', 'isLowerCase'],
];

const OPPOSITE = new Map(
  PAIRS.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
);

/** `min` for `max`, `endswith` for `startswith`. */
export const oppositeName: MutationOperator = {
  name: 'opposite',
  editsAt: ({ node }, { code, locals }) => {
    const other = /^(?:property_)?identifier$/.test(node.type) ? OPPOSITE.get(node.text) : undefined;
    const isCalled = /^\s*\(/.test(code.slice(node.endIndex));
    return other === undefined || !isCalled || locals.has(node.text) ? [] : [replaced(node, other)];
  },
};

/** Sorted the other way, or not at all. */
export const sortDirection: MutationOperator = {
  name: 'sort',
  editsAt: ({ node }) => {
    const list = node.type === 'call' ? node.childForFieldName('arguments') : null;
    const called = node.childForFieldName('function');
    if (list?.type !== 'argument_list' || called === null || !/^(?:sorted|.*\.sort)$/s.test(called.text))
      return [];
    const isGiven = /\breverse\s*=/.test(list.text);
    const end = list.endIndex - 1;
    const lastArgument = list.namedChild(list.namedChildCount - 1);
    const separator = lastArgument === null || list.text.trimEnd().endsWith(',)') ? '' : ', ';
    const turned = isGiven ? [] : [{ start: end, end, text: `${separator}reverse=True` }];
    const unsorted = called.text === 'sorted' && list.namedChildCount === 1 ? [replaced(called, 'list')] : [];
    return [...turned, ...unsorted];
  },
};
