import type { BodyMaker } from '../probe-bodies.ts';
import { splitTopLevel } from '../split-top-level.ts';

const NUMBERS = /^(?:u?int(?:8|16|32|64)?|uintptr|byte|rune|float(?:32|64))$/;

/** Zero values of all results, named or not. */
export const goBodies: BodyMaker = ({ after }) => {
  const text = after
    .trim()
    .replace(/\s*\{$/, '')
    .trim();
  const inParentheses = /^\((.*)\)$/s.exec(text)?.[1];
  const results =
    inParentheses === undefined ? (text === '' ? [] : [text]) : splitTopLevel(inParentheses, ',');
  const isNamed =
    inParentheses !== undefined &&
    results.some((result) => /^(?!(?:chan|func|map|struct|interface)\b)\w+ +\S/.test(result));
  const only = results.length === 1 && !isNamed ? (results[0] ?? '') : '';
  return {
    empty: '',
    dummies: results.length === 0 ? [] : [isNamed ? 'return' : zeroValues(results)],
    extended: constantsOf(only).map((value) => `return ${value}`),
    throwing: 'panic("not implemented")',
  };
};

function zeroValues(types: readonly string[]): string {
  return [
    ...types.map((type, index) => `var zero${index} ${type}`),
    `return ${types.map((_, index) => `zero${index}`).join(', ')}`,
  ].join('\n');
}

function constantsOf(type: string): readonly string[] {
  if (type === 'bool') return ['true'];
  if (NUMBERS.test(type)) return ['1'];
  // A nil slice or map is not an empty one to everybody.
  return /^(?:\[\]|map\[)/.test(type) ? [`${type}{}`] : [];
}
