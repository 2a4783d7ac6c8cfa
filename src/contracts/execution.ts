import { z } from 'zod';

export const outcomeSchema = z.enum([
  'passed',
  'failed', // an assertion of the tests did not hold
  'compile-error',
  'runtime-error',
  'exited-early', // exit code 0 before the tests had finished
  'timeout',
  'out-of-memory',
  'sandbox-error', // the machinery's fault, not the candidate's
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Why it failed, in the candidate's own lines (from 1). */
export const feedbackSchema = z.strictObject({
  /** Exception type or kind of diagnostic, e.g. `AssertionError`. */
  kind: z.string(),
  line: z.int().positive().nullable(),
  message: z.string(),
  input: z.string().nullable(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});
export type Feedback = z.infer<typeof feedbackSchema>;

/** What happened when a candidate ran against its task's tests in the sandbox. */
export const executionSchema = z.strictObject({
  candidateId: z.string(),
  outcome: outcomeSchema,
  feedback: feedbackSchema.nullable(),
  durationMs: z.number().nonnegative(),
  /** How often it was run: 2 after a timeout that was tried again alone. */
  attempts: z.int().positive(),
});
export type Execution = Readonly<z.infer<typeof executionSchema>>;
