import { outcomeSchema } from '../../contracts/execution.ts';
import type { RunReport } from '../language-runner.ts';
import { decodeNetstrings } from '../session/netstrings.ts';

/** What a Python server says of a candidate. */
export interface PythonVerdict {
  readonly report: RunReport;
  /** Whether its sandbox is as it was before, and another candidate may be sent. */
  readonly mayFollow: boolean;
}

/** Null when it is not what the server writes: somebody else spoke. */
export function readPythonVerdict(data: Buffer, nonce: string): PythonVerdict | null {
  const fields = decodeNetstrings(data).map((field) =>
    field[0] === 0x2b ? field.toString('utf8', 1) : null,
  );
  const [said, durationUs, outcome, kind, line, message, input, expected, actual, next] = fields;
  const known = outcomeSchema.safeParse(outcome);
  if (said !== nonce || !known.success || (next !== 'more' && next !== 'end')) {
    return null;
  }
  const feedback = {
    kind: kind ?? known.data,
    line: line == null ? null : Number(line),
    message: message ?? '',
    input: input ?? null,
    expected: expected ?? null,
    actual: actual ?? null,
  };
  return {
    report: {
      outcome: known.data,
      feedback: known.data === 'passed' ? null : feedback,
      durationMs: Number(durationUs) / 1000,
    },
    mayFollow: next === 'more',
  };
}
