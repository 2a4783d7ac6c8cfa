import type { Feedback, Outcome } from '../contracts/execution.ts';

/**
 * What a run showed, in the words a model is trained to say: correct, intent error (a test that did not hold), or
 * execution error (everything else that kept the tests from passing). Of the first failing test only.
 *
 * @param code the candidate, whose lines the feedback counts
 * @see RankEF's training targets (methods specification, section 6)
 */
export function feedbackText(outcome: Outcome, feedback: Feedback | null, code: string): string {
  if (outcome === 'passed') return ['This code is correct.', 'Result:', 'Correct(0)'].join('\n');
  if (outcome === 'failed') {
    const { expected = null, actual = null, message = '' } = feedback ?? {};
    const difference =
      expected !== null && actual !== null
        ? `Expected ${expected}, but got ${actual}`
        : message || 'A test did not hold';
    return [
      'This code is wrong.',
      'Error_Message:',
      difference,
      'Error_TYPE:',
      'OutputMismatch',
      'Result:',
      'Intent Error(2)',
    ].join('\n');
  }
  const line = feedback?.line ?? null;
  const source = line === null ? null : (code.split('\n')[line - 1]?.trim() ?? null);
  const place =
    source === null
      ? 'There is an error in the code'
      : `There is an error in the code at line ${line}:${source}`;
  return [
    place,
    'Error_Message:',
    feedback?.message || feedback?.kind || outcome,
    'Error_TYPE:',
    typeOf(outcome, feedback),
    'Result:',
    'Execution Error(1)',
  ].join('\n');
}

/** The exception's type where there is one; the outcomes that end a program from outside have names of their own. */
function typeOf(outcome: Outcome, feedback: Feedback | null): string {
  switch (outcome) {
    case 'timeout':
      return 'Timeout';
    case 'out-of-memory':
      return 'OutOfMemory';
    case 'exited-early':
      return 'ExitedEarly';
    case 'compile-error':
      return feedback?.kind || 'CompileError';
    default:
      return feedback?.kind || 'RuntimeError';
  }
}
