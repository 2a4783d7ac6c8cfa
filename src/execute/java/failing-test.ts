import type { Feedback } from '../../contracts/execution.ts';
import { java } from '../../lang/languages/java.ts';
import { maskSource } from '../../lang/split-source.ts';
import type { ProgramText } from './program-text.ts';
import { closing, splitArguments, splitExpression } from './split-expression.ts';

type Values = Pick<Feedback, 'input' | 'expected' | 'actual'>;

/** The program of a failing test, changed so that it tells what the test saw. */
export interface TestProbe {
  readonly source: string;
  /** What the message that it throws says; null when it is not the probe's. */
  read(message: string): Values | null;
}

/** What is known of the statement of the tests that failed. */
export interface FailingTest {
  /** The call, as written; null where it cannot be told. */
  readonly input: string | null;
  /** Null when running it again would tell nothing. */
  readonly probe: TestProbe | null;
}

/** Longest value or expression that is told, in characters. */
const LENGTH = 400;

const NOTHING: FailingTest = { input: null, probe: null };

/**
 * Looks at the statement of the tests at a line (from 1) of the program: an assertion (MultiPL-E), a comparison of variables
 * with an exception of the tests' own (MBXP), or a list of conditions of which one is false (HumanEval-X).
 *
 * @param name the function under test
 * @param token text that appears nowhere else: values are told between tokens
 */
export function failingTest(
  text: ProgramText,
  line: number,
  name: string | null,
  token: string,
): FailingTest {
  const { source } = text;
  const masked = maskSource(java, source);
  const lineStart = text.lineStart(line);
  const start = lineStart + (/^\s*/.exec(source.slice(lineStart))?.[0].length ?? 0);
  const end = endOfStatement(masked, start);
  if (end === null) return NOTHING;
  const replaced = (statement: string) => source.slice(0, start) + statement + source.slice(end + 1);
  const statement = source.slice(start, end);
  if (/^assert\b/.test(statement)) {
    return assertion(conditionOf(statement, masked.slice(start, end)), name, token, replaced);
  }
  if (/^throw\b/.test(statement)) {
    const above = source.slice(0, start);
    return comparedVariables(above, token, replaced) ?? listOfConditions(above, token, replaced) ?? NOTHING;
  }
  const call = name === null ? null : callIn(statement, masked.slice(start, end), name);
  return { input: clip(call), probe: null };
}

function assertion(
  condition: string,
  name: string | null,
  token: string,
  replaced: (statement: string) => string,
): FailingTest {
  const parts = splitExpression(condition, name);
  if (parts === null) return { input: clip(condition), probe: null };
  const { subject, other, relation, truth } = parts;
  const values = [subject, ...(other === null ? [] : [other])];
  return {
    input: clip(subject),
    probe: probe(replaced(throwing(values, token)), token, ([actual = null, expected = null]) => ({
      input: clip(subject),
      expected: other === null ? `${truth}` : expected === null ? null : relation + expected,
      actual,
    })),
  };
}

/** `if (!(compare(x0, v0))) { throw …`: both are variables, the call is what the first was set to. */
function comparedVariables(
  above: string,
  token: string,
  replaced: (statement: string) => string,
): FailingTest | null {
  const [, actual, expected] = /\bcompare\((\w+), (\w+)\)\)*\s*\{?\s*$/.exec(above) ?? [];
  if (actual === undefined || expected === undefined) return null;
  const set = [...above.matchAll(new RegExp(`\\b${actual} = `, 'g'))].at(-1);
  const from = set === undefined ? 0 : set.index + set[0].length;
  const end = set === undefined ? null : endOfStatement(maskSource(java, above), from);
  const input = end === null ? null : clip(above.slice(from, end));
  return {
    input,
    probe: probe(replaced(throwing([actual, expected], token)), token, ([got = null, wanted = null]) => ({
      input,
      expected: wanted,
      actual: got,
    })),
  };
}

/** `List<Boolean> correct = Arrays.asList(…); if (correct.contains(false)) { throw …` */
function listOfConditions(
  above: string,
  token: string,
  replaced: (statement: string) => string,
): FailingTest | null {
  const [, list] = /\bif\s*\(\s*(\w+)\.contains\(false\)\s*\)\s*\{?\s*$/.exec(above) ?? [];
  const set = list === undefined ? null : new RegExp(`\\b${list}\\s*=\\s*Arrays\\.asList\\(`).exec(above);
  if (list === undefined || set === null) return null;
  const open = set.index + set[0].length - 1;
  const conditions = splitArguments(above.slice(open + 1, closing(maskSource(java, above), open)));
  return {
    input: null,
    probe: probe(replaced(throwing([`${list}.toString()`], token)), token, ([values = '']) => {
      const index = values
        .replace(/[[\]\s]/g, '')
        .split(',')
        .indexOf('false');
      return { input: clip(conditions[index] ?? null), expected: 'true', actual: 'false' };
    }),
  };
}

function probe(source: string, token: string, read: (values: string[]) => Values): TestProbe {
  return {
    source,
    read: (message) => {
      const [before, ...values] = message.split(token);
      return before === '' && values.length > 0 ? read(values.map((value) => clip(value) ?? '')) : null;
    },
  };
}

/** A statement that throws the values' texts. `if (true)`, since what follows a plain `throw` would not compile. */
function throwing(values: readonly string[], token: string): string {
  const texts = values.map((value) => `"${token}" + ${TEXT_OF}.apply(${value})`);
  return `if (true) throw new AssertionError(${texts.join(' + ')});`;
}

/** Text of any value, arrays inside out, without the brackets of the array around it, and not too long. */
const TEXT_OF =
  '((java.util.function.Function<Object, String>) value_ -> { String text_ = java.util.Arrays.deepToString(new Object[] {value_}); return text_.substring(1, Math.min(text_.length() - 1, 800)); })';

function conditionOf(statement: string, masked: string): string {
  const from = 'assert'.length;
  let depth = 0;
  for (let at = from; at < masked.length; at++) {
    if ('([{'.includes(masked[at] as string)) depth += 1;
    else if (')]}'.includes(masked[at] as string)) depth -= 1;
    else if (masked[at] === ':' && depth === 0 && masked[at + 1] !== ':' && masked[at - 1] !== ':') {
      return statement.slice(from, at);
    }
  }
  return statement.slice(from);
}

function callIn(statement: string, masked: string, name: string): string | null {
  const call = new RegExp(`(?:\\b[\\w.]+\\.)?\\b${name}\\s*\\(`).exec(masked);
  if (call === null) return null;
  const end = closing(masked, call.index + call[0].length - 1);
  return end < 0 ? null : statement.slice(call.index, end + 1);
}

/** Offset of the `;` that ends the statement, or null. */
function endOfStatement(masked: string, start: number): number | null {
  let depth = 0;
  for (let at = start; at < masked.length; at++) {
    if ('([{'.includes(masked[at] as string)) depth += 1;
    else if (')]}'.includes(masked[at] as string)) depth -= 1;
    else if (masked[at] === ';' && depth === 0) return at;
    if (depth < 0) return null;
  }
  return null;
}

function clip(text: string | null): string | null {
  return text === null || text.length <= LENGTH ? text : `${text.slice(0, LENGTH - 1)}…`;
}
