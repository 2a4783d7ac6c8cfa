import type { Feedback } from '../contracts/execution.ts';

/** Where an object lies: `<generator object f at 0x7f2a887b0f40>` in Python, `[I@1b6d3586` or `java.util.Odd@7a81197d` in Java. */
const ADDRESSES =
  /(\bat 0x|(?:\[[IJZBCDFS]|\[L[\w.$]+;|\b(?:[a-z]\w*\.)+[A-Z][\w$]*|\bMain(?:\$\w+)?)@)[0-9a-f]{5,16}\b/g;

/** The feedback without addresses of objects: they say nothing, and are others in every run. */
export function withoutAddresses(feedback: Feedback | null): Feedback | null {
  if (feedback === null) return null;
  const clean = (text: string | null) => (text === null ? null : text.replace(ADDRESSES, '$1…'));
  const { message, input, expected, actual } = feedback;
  return {
    ...feedback,
    message: message.replace(ADDRESSES, '$1…'),
    input: clean(input),
    expected: clean(expected),
    actual: clean(actual),
  };
}
