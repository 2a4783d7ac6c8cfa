import { z } from 'zod';

/** Which candidate a ranker chose among the first n samples of a task. */
export const selectionSchema = z.strictObject({
  taskId: z.string(),
  repetition: z.int().nonnegative(),
  ranker: z.string(),
  n: z.int().positive(),
  candidateId: z.string().nullable(),
  score: z.number().nullable(),
  escalated: z.boolean(),
});
export type Selection = Readonly<z.infer<typeof selectionSchema>>;
