import { z } from 'zod';

/** `complete`: what would have followed could not matter. */
export const finishReasonSchema = z.enum(['stop', 'length', 'stop-string', 'complete', 'unknown']);
export type FinishReason = z.infer<typeof finishReasonSchema>;

/** One raw output of a generator for one task. */
export const sampleSchema = z.strictObject({
  taskId: z.string(),
  /** The generator's name as the team wrote it. */
  generator: z.string(),
  index: z.int().nonnegative(),
  seed: z.int().nonnegative(),
  text: z.string(),
  /** Generated tokens, the end-of-text token not counted; null when the server does not say. */
  tokenCount: z.int().nonnegative().nullable(),
  /** Mean natural-log probability per generated token (of a `complete` one: up to there), at temperature 1 over the whole vocabulary; null = unknown. */
  meanLogProbability: z.number().max(0).nullable(),
  finishReason: finishReasonSchema,
  durationMs: z.number().nonnegative(),
});
export type Sample = Readonly<z.infer<typeof sampleSchema>>;
