import type { Feedback } from '../contracts/execution.ts';

/** E.g. `clamp(5, 0, 3) gave 5, expected 3`, or `line 2: NameError: …`. */
export function describeFeedback({ kind, line, message, input, expected, actual }: Feedback): string {
  if (input !== null && expected !== null && actual !== null) {
    return `${input} gave ${actual}, expected ${expected}`;
  }
  const place = line === null ? '' : `line ${line}: `;
  return `${place}${kind}${message ? `: ${message}` : ''}`;
}
