import type { Feedback, Outcome } from '../contracts/execution.ts';
import type { FaultScheme } from '../contracts/training-choices.ts';

/** What the tests showed of a candidate. */
export interface Observed {
  readonly outcome: Outcome;
  readonly feedback: Feedback | null;
}

/** Names of the classes; the first is the correct one. At most ten, so that each has a digit. */
export const FAULT_CLASSES: Readonly<Record<FaultScheme, readonly string[]>> = {
  binary: ['correct', 'wrong'],
  ternary: ['correct', 'execution error', 'intent error'],
  intent: [
    'correct',
    'execution error',
    'nothing returned',
    'empty result',
    'other type',
    'other length',
    'number too small',
    'number too large',
    'other value',
  ],
  execution: [
    'correct',
    'intent error',
    'does not compile',
    'unknown name',
    'wrong type',
    'missing index or key',
    'bad value or arithmetic',
    'too slow or too large',
    'ended early',
    'other exception',
  ],
};

/**
 * The class of a candidate (index into {@link FAULT_CLASSES}) by what its first failing test showed. Values of tests are
 * compared as they are printed, so that any language will do; what cannot be read is `other value`.
 *
 * @see CodeRanker's classification tasks (methods specification, section 5)
 */
export function faultClass(scheme: FaultScheme, { outcome, feedback }: Observed): number {
  if (outcome === 'passed') return 0;
  const intent = outcome === 'failed';
  switch (scheme) {
    case 'binary':
      return 1;
    case 'ternary':
      return intent ? 2 : 1;
    case 'intent':
      return intent ? indexOf(scheme, intentFault(feedback)) : 1;
    case 'execution':
      return intent ? 1 : indexOf(scheme, executionFault(outcome, feedback?.kind ?? ''));
  }
}

function indexOf(scheme: FaultScheme, name: string): number {
  const index = FAULT_CLASSES[scheme].indexOf(name);
  if (index < 0) throw new Error(`no class ${name} in ${scheme}`);
  return index;
}

function intentFault(feedback: Feedback | null): string {
  const expected = feedback?.expected?.trim() ?? null;
  const actual = feedback?.actual?.trim() ?? null;
  if (expected === null || actual === null) return 'other value';
  if (/^(?:None|null|undefined|nil)$/.test(actual)) return 'nothing returned';
  if (/^(?:""|''|\[\]|\{\}|\(\)|set\(\))$/.test(actual)) return 'empty result';
  const [wanted, got] = [shapeOf(expected), shapeOf(actual)];
  if (wanted !== got) return 'other type';
  if (got === 'number') {
    return Number(actual) < Number(expected) ? 'number too small' : 'number too large';
  }
  if (got === 'list' && itemCount(expected) !== itemCount(actual)) return 'other length';
  if (got === 'text' && expected.length !== actual.length) return 'other length';
  return 'other value';
}

/** By the first character: enough to tell numbers, texts and lists apart. */
function shapeOf(value: string): string {
  if (/^[+-]?(?:\d|\.\d)[\d._eE+-]*$/.test(value)) return 'number';
  if (/^["'`]/.test(value)) return 'text';
  if (/^(?:true|false)$/i.test(value)) return 'truth value';
  return /^[[({]/.test(value) ? 'list' : 'other';
}

/** Items of a printed list: commas outside of brackets and quotes, and one. */
function itemCount(list: string): number {
  let [depth, commas, quote] = [0, 0, ''];
  for (let at = 1; at < list.length - 1; at++) {
    const character = list.charAt(at);
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (/["'`]/.test(character)) quote = character;
    else if (/[[({]/.test(character)) depth += 1;
    else if (/[\])}]/.test(character)) depth -= 1;
    else if (character === ',' && depth === 0) commas += 1;
  }
  return list.length <= 2 ? 0 : commas + 1;
}

function executionFault(outcome: Outcome, kind: string): string {
  if (outcome === 'compile-error' || /Syntax|Indentation/i.test(kind)) return 'does not compile';
  if (outcome === 'timeout' || outcome === 'out-of-memory') return 'too slow or too large';
  if (outcome === 'exited-early') return 'ended early';
  if (/Index|KeyError|OutOfBounds|NoSuchElement/i.test(kind)) return 'missing index or key';
  if (
    /NameError|UnboundLocal|Reference|Attribute|NoSuchMethod|NoSuchField|Import|ModuleNotFound/i.test(kind)
  ) {
    return 'unknown name';
  }
  if (/Type|ClassCast|NullPointer/i.test(kind)) return 'wrong type';
  if (/Value|Arithmetic|ZeroDivision|Overflow|NumberFormat|IllegalArgument|Range/i.test(kind)) {
    return 'bad value or arithmetic';
  }
  if (/Recursion|StackOverflow|Memory/i.test(kind)) return 'too slow or too large';
  return 'other exception';
}
