import { java } from '../../lang/languages/java.ts';
import { maskSource } from '../../lang/split-source.ts';

/** A test taken apart: what is called, what it is held against, and how. */
export interface TestExpression {
  /** What is tested, as written. */
  readonly subject: string;
  /** What it should be; null = the test is a condition by itself. */
  readonly other: string | null;
  /** What stands before the other value where that is not equality, e.g. `!= `. */
  readonly relation: string;
  /** For a condition: the value it should have. */
  readonly truth: boolean;
}

const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>'];
const STATIC_EQUALS = /^(?:java\.util\.)?(?:Arrays\.(?:equals|deepEquals)|Objects\.equals)\s*\(/;

/**
 * Takes a Java condition apart by its brackets: `call == value`, `call.equals(value)`, `Arrays.equals(call, value)`, `!call`, or a
 * condition that is tested as it is. The side that holds `name(` is the subject. Null for several conditions at once.
 */
export function splitExpression(condition: string, name: string | null): TestExpression | null {
  const text = withoutOuterBrackets(condition);
  const masked = maskSource(java, text);
  if (topLevel(masked, ['&&', '||', '?']) !== null) return null;
  const comparison = topLevel(masked, COMPARISONS);
  if (comparison !== null) {
    const { at, token } = comparison;
    const relation = token === '==' ? '' : `${token} `;
    return sided(text.slice(0, at), text.slice(at + token.length), relation, name);
  }
  const isStatic = STATIC_EQUALS.exec(masked);
  if (isStatic !== null && closing(masked, isStatic[0].length - 1) === masked.length - 1) {
    const [first = '', second = ''] = splitArguments(text.slice(isStatic[0].length, -1));
    return sided(first, second, '', name);
  }
  const method = masked.endsWith(')') ? lastMethod(masked) : null;
  if (method !== null) return sided(text.slice(0, method.at), text.slice(method.open + 1, -1), '', name);
  const isNegated = text.startsWith('!');
  return {
    subject: withoutOuterBrackets(isNegated ? text.slice(1) : text),
    other: null,
    relation: '',
    truth: !isNegated,
  };
}

/** The parts of an argument list, brackets and strings respected. */
export function splitArguments(list: string): string[] {
  const masked = maskSource(java, list);
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < masked.length; at++) {
    if ('([{'.includes(masked[at] as string)) depth += 1;
    else if (')]}'.includes(masked[at] as string)) depth -= 1;
    else if (masked[at] === ',' && depth === 0) {
      parts.push(list.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = list.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

/** Offset of the bracket that closes the one at `open`; -1 = none does. The text must be masked. */
export function closing(masked: string, open: number): number {
  let depth = 0;
  for (let at = open; at < masked.length; at++) {
    if ('([{'.includes(masked[at] as string)) depth += 1;
    else if (')]}'.includes(masked[at] as string) && --depth === 0) return at;
  }
  return -1;
}

function sided(left: string, right: string, relation: string, name: string | null): TestExpression {
  const [subject, other] = [left, right].map(withoutOuterBrackets) as [string, string];
  const holds = (text: string) => name !== null && new RegExp(`\\b${name}\\s*\\(`).test(text);
  const isSwapped = relation === '' && holds(other) && !holds(subject);
  return isSwapped
    ? { subject: other, other: subject, relation, truth: true }
    : { subject, other, relation, truth: true };
}

function withoutOuterBrackets(text: string): string {
  const trimmed = text.trim();
  const masked = maskSource(java, trimmed);
  return masked.startsWith('(') && closing(masked, 0) === masked.length - 1 && masked.length > 2
    ? withoutOuterBrackets(trimmed.slice(1, -1))
    : trimmed;
}

/** The first of the tokens outside all brackets. `<` of type arguments has no blank before it. */
function topLevel(
  masked: string,
  tokens: readonly string[],
): { readonly at: number; readonly token: string } | null {
  let depth = 0;
  for (let at = 0; at < masked.length; at++) {
    if ('([{'.includes(masked[at] as string)) depth += 1;
    else if (')]}'.includes(masked[at] as string)) depth -= 1;
    else if (depth === 0) {
      const token = tokens.find((one) => masked.startsWith(one, at));
      const isArrow = masked[at] === '>' && masked[at - 1] === '-';
      const isTypeArgument = (token === '<' || token === '>') && masked[at - 1] !== ' ';
      if (token !== undefined && !isArrow && !isTypeArgument) return { at, token };
    }
  }
  return null;
}

/** Where `.equals(` begins whose bracket closes the text. */
function lastMethod(masked: string): { readonly at: number; readonly open: number } | null {
  for (const match of masked.matchAll(/\.equals\s*\(/g)) {
    const open = match.index + match[0].length - 1;
    if (closing(masked, open) === masked.length - 1) return { at: match.index, open };
  }
  return null;
}
