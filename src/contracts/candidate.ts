import { z } from 'zod';

/** Why a sample did not become a judged candidate. */
export const rejectionReasonSchema = z.enum([
  'no-code', // nothing that looks like the function was found
  'incomplete', // ERROR or MISSING nodes, a body cut off
  'wrong-name', // a function, but not the one the task asks for
  'empty-body', // no statement, or only comments, a docstring, pass, …
  'non-ascii', // only when the rule is on
  'too-large',
  'gate-compile',
  'gate-tests',
]);
export type RejectionReason = z.infer<typeof rejectionReasonSchema>;

export const rejectionSchema = z.strictObject({
  reason: rejectionReasonSchema,
  /** For people: what was wrong and, where known, the line in the candidate (from 1). */
  detail: z.string(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

/** One distinct piece of code for one task; `samples` are the indices of the samples that produced it. */
export const candidateSchema = z.strictObject({
  /** Hash of the task id and the exact code. */
  id: z.string(),
  taskId: z.string(),
  code: z.string(),
  /** Equal keys are one candidate; the exact code, or its comment-free tokens. */
  dedupeKey: z.string(),
  /** Ascending. Its length is the candidate's multiplicity, a voting weight. */
  samples: z.array(z.int().nonnegative()).min(1),
  rejected: rejectionSchema.nullable(),
});
export type Candidate = Readonly<z.infer<typeof candidateSchema>>;
