import { z } from 'zod';

/** Which candidate a ranker chose out of one draw. One line of what `codejury rank` writes. */
export const selectionSchema = z.strictObject({
  taskId: z.string(),
  /** From 0. */
  repetition: z.int().nonnegative(),
  ranker: z.string(),
  /** Samples of the draw; a smaller pool is drawn whole. */
  n: z.int().positive(),
  /** Null when no sample of the draw held a candidate. */
  candidateId: z.string().nullable(),
  /** The number of its first sample in the file of samples, by which labels are found; older files do not say. */
  sample: z.int().nonnegative().nullable().default(null),
  /** The ranker's own, not comparable between rankers; null when it had none for the chosen one. */
  score: z.number().nullable(),
  /** Whether a larger model was asked in its stead. */
  escalated: z.boolean(),
});
export type Selection = Readonly<z.infer<typeof selectionSchema>>;
