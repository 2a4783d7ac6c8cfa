import { z } from 'zod';

/** One judge's answer about one candidate. */
export const verdictSchema = z.strictObject({
  candidateId: z.string(),
  judge: z.string(),
  /** 1 = correct, 0 = wrong, null = no valid answer (label mass below 0.5, or a text that did not parse). */
  label: z.union([z.literal(0), z.literal(1), z.null()]),
  /** P(correct label) / labelMass, in [0, 1]; on record but without weight when invalid; null when there is none. */
  probabilityCorrect: z.number().min(0).max(1).nullable(),
  /** Full-vocabulary softmax probability of the predicted label, in [0, 1]. */
  confidence: z.number().min(0).max(1).nullable(),
  /** Sum of all labels over the full vocabulary, surface variants summed. */
  labelMass: z.number().min(0).max(1).nullable(),
  /** What a rubric gave, in [0, 1], 1 = nothing to find fault with; it is no probability. Null for methods without one. */
  rating: z.number().min(0).max(1).nullable().default(null),
  /** What the judge wrote, in the order of the calls; empty where it only chose a label. */
  texts: z.array(z.string()).default([]),
  latencyMs: z.number().nonnegative(),
  promptTokens: z.int().nonnegative().nullable(),
});
export type Verdict = Readonly<z.infer<typeof verdictSchema>>;
