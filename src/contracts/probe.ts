import { z } from 'zod';

/** Which vectors a probe reads: at the last token of the prompt, the mean over the candidate's tokens, both in this order. */
export const probePoolingSchema = z.enum(['last', 'mean', 'both']);
export type ProbePooling = z.infer<typeof probePoolingSchema>;

/** What a probe decides by: hidden states, or these and how likely the model finds the code. */
export const probeFeaturesSchema = z.enum(['states', 'states+likelihood']);
export type ProbeFeatures = z.infer<typeof probeFeaturesSchema>;

/**
 * A logistic model on the hidden states of a frozen model: the file `probe` of a judge profile. P(correct) is
 * sigmoid(intercept + Σ coefficient · state), unless there is a second level.
 */
export const probeSchema = z.strictObject({
  /** The layer whose output is read, counted from 1. */
  layer: z.int().positive(),
  pooling: probePoolingSchema,
  /** One for each number of the pooled vector. */
  coefficients: z.array(z.number()).min(1),
  intercept: z.number(),
  /**
   * Second level, null where the states decide alone: P(correct) is sigmoid(intercept + score · s + meanLogProbability · m +
   * logTokenCount · ln n), where s is what the first level puts into its sigmoid, m the mean natural-log probability of the code's
   * tokens after the task, by the model without an adapter, and n their number.
   */
  likelihood: z
    .strictObject({
      /** How the model is asked: as an instruct model is asked to write the code, or with plain text. */
      prompt: z.enum(['chat', 'text']).default('text'),
      score: z.number(),
      meanLogProbability: z.number(),
      logTokenCount: z.number().default(0),
      intercept: z.number(),
    })
    .nullable()
    .default(null),
});
export type Probe = Readonly<z.infer<typeof probeSchema>>;
