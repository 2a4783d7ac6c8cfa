import { z } from 'zod';

/** Which vectors a probe reads: at the last token of the prompt, the mean over the candidate's tokens, both in this order. */
export const probePoolingSchema = z.enum(['last', 'mean', 'both']);
export type ProbePooling = z.infer<typeof probePoolingSchema>;

/**
 * A logistic model on the hidden states of a frozen model: the file `probe` of a judge profile. P(correct) is
 * sigmoid(intercept + Σ coefficient · state).
 */
export const probeSchema = z.strictObject({
  /** The layer whose output is read, counted from 1. */
  layer: z.int().positive(),
  pooling: probePoolingSchema,
  /** One for each number of the pooled vector. */
  coefficients: z.array(z.number()).min(1),
  intercept: z.number(),
});
export type Probe = Readonly<z.infer<typeof probeSchema>>;
