import { describe, expect, it } from 'vitest';
import type { Feedback, Outcome } from '../contracts/execution.ts';
import { type FaultScheme, faultSchemeSchema } from '../contracts/training-choices.ts';
import { FAULT_CLASSES, faultClass } from './fault-classes.ts';

const nameOf = (scheme: FaultScheme, outcome: Outcome, feedback: Partial<Feedback> = {}) => {
  const whole = { kind: '', line: null, message: '', input: null, expected: null, actual: null, ...feedback };
  return FAULT_CLASSES[scheme][faultClass(scheme, { outcome, feedback: whole })];
};

describe('faultClass', () => {
  it('puts what passes into the first class of every scheme, and has a digit for each class', () => {
    for (const scheme of faultSchemeSchema.options) {
      expect(nameOf(scheme, 'passed')).toBe('correct');
      expect(FAULT_CLASSES[scheme].length).toBeLessThanOrEqual(10);
    }
  });

  it('tells intent from execution', () => {
    expect(nameOf('binary', 'failed')).toBe('wrong');
    expect(nameOf('ternary', 'failed')).toBe('intent error');
    expect(nameOf('ternary', 'timeout')).toBe('execution error');
    expect(nameOf('intent', 'runtime-error')).toBe('execution error');
    expect(nameOf('execution', 'failed')).toBe('intent error');
  });

  it.each([
    ['None', '3', 'nothing returned'],
    ['[]', '[1]', 'empty result'],
    ["'3'", '3', 'other type'],
    ['2', '3', 'number too small'],
    ['4.5', '3', 'number too large'],
    ['[1, [2, 3]]', '[1, 2, 3]', 'other length'],
    ["[1, 'a,b']", "[1, 'a']", 'other value'],
    ["'ab'", "'abc'", 'other length'],
    ['True', 'False', 'other value'],
  ])('intent: %s instead of %s is "%s"', (actual, expected, name) => {
    expect(nameOf('intent', 'failed', { actual, expected })).toBe(name);
  });

  it.each([
    ['SyntaxError', 'does not compile'],
    ['NameError', 'unknown name'],
    ['TypeError', 'wrong type'],
    ['IndexError', 'missing index or key'],
    ['java.util.NoSuchElementException', 'missing index or key'],
    ['java.lang.NoSuchMethodError', 'unknown name'],
    ['ZeroDivisionError', 'bad value or arithmetic'],
    ['RecursionError', 'too slow or too large'],
    ['MyError', 'other exception'],
  ])('execution: %s is "%s"', (kind, name) => {
    expect(nameOf('execution', 'runtime-error', { kind })).toBe(name);
  });

  it('execution: by outcome where there is no exception', () => {
    expect(nameOf('execution', 'timeout')).toBe('too slow or too large');
    expect(nameOf('execution', 'exited-early')).toBe('ended early');
    expect(nameOf('execution', 'compile-error', { kind: 'incompatible types' })).toBe('does not compile');
  });
});
