import { z } from 'zod';

const unit = z.number().min(0).max(1);

/** A judge as a shareable file: everything needed to ask it again and to read its answers. */
export const judgeProfileSchema = z.strictObject({
  name: z.string().min(1),
  /** A model reference, e.g. `smollm2-135m`. */
  model: z.string().min(1),
  /** sha256 of the weights (hex); null when they sit behind a server. */
  modelDigest: z.string().nullable().default(null),
  /** Adapter file (GGUF), relative to the profile; null for a model used as it is. */
  adapter: z.string().nullable().default(null),
  adapterDigest: z.string().nullable().default(null),
  adapterScale: z.number().positive().default(1),
  method: z.enum(['zero-shot']).default('zero-shot'),
  /** Hash of the prompt template it was measured with; a mismatch is an error, not a surprise. */
  templateHash: z.string().nullable().default(null),
  /** Smallest and largest confidence on validation: the min-max bounds of the score `paper`. */
  confidenceBounds: z.strictObject({ min: unit, max: unit }).nullable().default(null),
  /** Platt scaling fitted on validation: sigmoid(slope · logit(q) + intercept). */
  platt: z.strictObject({ slope: z.number(), intercept: z.number() }).nullable().default(null),
  /** What it earned, e.g. { kappa: 0.41, auc: 0.71 }, and on what data. */
  metrics: z.record(z.string(), z.number().nullable()).default({}),
  trainedOn: z.string().nullable().default(null),
  licence: z.string().nullable().default(null),
});
export type JudgeProfile = Readonly<z.infer<typeof judgeProfileSchema>>;
