import { describe, expect, it } from 'vitest';
import type { Feedback } from '../contracts/execution.ts';
import { feedbackText } from './feedback-text.ts';

const nothing: Feedback = { kind: '', line: null, message: '', input: null, expected: null, actual: null };
const code = 'def f(x):\n    return y\n';

describe('feedbackText', () => {
  it('says that code is correct', () => {
    expect(feedbackText('passed', null, code)).toBe('This code is correct.\nResult:\nCorrect(0)');
  });

  it('says what was expected and what came', () => {
    const feedback = { ...nothing, kind: 'AssertionError', input: 'f(1)', expected: '2', actual: '1' };
    expect(feedbackText('failed', feedback, code)).toBe(
      'This code is wrong.\nError_Message:\nExpected 2, but got 1\nError_TYPE:\nOutputMismatch\nResult:\nIntent Error(2)',
    );
  });

  it('says what it can where the values are not known', () => {
    expect(feedbackText('failed', { ...nothing, message: 'not sorted' }, code)).toContain('\nnot sorted\n');
    expect(feedbackText('failed', null, code)).toContain('\nA test did not hold\n');
  });

  it('names the line, its text, the message and the type of an error', () => {
    const feedback = { ...nothing, kind: 'NameError', line: 2, message: "name 'y' is not defined" };
    expect(feedbackText('runtime-error', feedback, code)).toBe(
      "There is an error in the code at line 2:return y\nError_Message:\nname 'y' is not defined\nError_TYPE:\nNameError\nResult:\nExecution Error(1)",
    );
  });

  it('does without a line, and without feedback', () => {
    expect(feedbackText('timeout', { ...nothing, kind: 'wall-time', message: 'too slow' }, code)).toBe(
      'There is an error in the code\nError_Message:\ntoo slow\nError_TYPE:\nTimeout\nResult:\nExecution Error(1)',
    );
    expect(feedbackText('compile-error', { ...nothing, line: 99 }, code)).toMatch(
      /^There is an error in the code\n/,
    );
    expect(feedbackText('exited-early', null, code)).toContain('Error_TYPE:\nExitedEarly\n');
  });
});
