import { z } from 'zod';
import { rejectionSchema } from './candidate.ts';
import { feedbackSchema, outcomeSchema } from './execution.ts';

/** One line of what `codejury execute` writes: a distinct candidate and what its task's tests said. */
export const executedCandidateSchema = z.strictObject({
  taskId: z.string(),
  candidateId: z.string(),
  /** The samples that are this candidate: their numbers in the input, from 0, ascending. */
  samples: z.array(z.int().nonnegative()).min(1),
  /** Who wrote it, where the input says; the first of several. */
  generator: z.string().nullable(),
  code: z.string(),
  /** Why it was not run: nothing that could be run was found in the sample. Counts as failed. */
  rejected: rejectionSchema.nullable(),
  /** Null when it was not run. */
  outcome: outcomeSchema.nullable(),
  feedback: feedbackSchema.nullable(),
  durationMs: z.number().nonnegative().nullable(),
  attempts: z.int().nonnegative(),
});
export type ExecutedCandidate = Readonly<z.infer<typeof executedCandidateSchema>>;
