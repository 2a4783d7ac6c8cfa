import { z } from 'zod';
import { judgeMethodSchema } from './judge-method.ts';

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
  method: judgeMethodSchema.default('zero-shot'),
  /**
   * Trained judges: the labels it answers with, in the order of its classes. `forms` are the strings that count as a label,
   * each one token; exactly one label is the correct class. Null = 0 (wrong) and 1 (correct), for RankEF 0 (correct), 1 and 2;
   * `faults` has to name them.
   */
  labels: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        forms: z.array(z.string().min(1)).min(1),
        correct: z.boolean(),
      }),
    )
    .min(2)
    .refine(
      (labels) => labels.filter(({ correct }) => correct).length === 1,
      'expected exactly one correct label',
    )
    .nullable()
    .default(null),
  /**
   * Trained judges: the layout of the prompt. `compact` leaves out the instruction, which a trained judge needs no more. RankEF
   * has a layout of its own, whatever this says.
   */
  layout: z.enum(['zero-shot', 'compact']).default('zero-shot'),
  /** Whether the prompt goes through the model's chat template or is continued as it stands. */
  promptKind: z.enum(['chat', 'text']).default('chat'),
  /** Few-shot: folder of the dataset to retrieve examples from, relative to the profile. */
  examples: z.string().nullable().default(null),
  /** sha256 (hex) of the examples it was measured with. */
  examplesDigest: z.string().nullable().default(null),
  /** Probe: file with its coefficients (JSON), relative to the profile. */
  probe: z.string().nullable().default(null),
  probeDigest: z.string().nullable().default(null),
  /** Hash of the prompt template it was measured with; a mismatch is an error, not a surprise. */
  templateHash: z.string().nullable().default(null),
  /** Smallest and largest confidence on validation: the min-max bounds of the score `paper`. */
  confidenceBounds: z.strictObject({ min: unit, max: unit }).nullable().default(null),
  /** Platt scaling fitted on validation: sigmoid(slope · logit(q) + intercept). */
  platt: z.strictObject({ slope: z.number(), intercept: z.number() }).nullable().default(null),
  /** What it earned, e.g. { kappa: 0.41, auc: 0.71 }, and on what data. */
  metrics: z.record(z.string(), z.number().nullable()).default({}),
  trainedOn: z.string().nullable().default(null),
  /** How it was made; null for a judge that was not trained. */
  training: z
    .strictObject({
      objective: z.enum(['verdict', 'verdict+feedback', 'rankef', 'faults']),
      method: z.enum(['full', 'lora', 'qlora', 'probe']),
      /** sha256 (hex) of the data card of the dataset, which names everything it was made of. */
      datasetDigest: z.string(),
      rows: z.int().nonnegative(),
      epochs: z.number().nonnegative().nullable(),
      seed: z.int().nonnegative(),
      /** Everything else that decides the result, e.g. learning rate, rank, versions of the libraries. */
      settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable()
    .default(null),
  licence: z.string().nullable().default(null),
});
export type JudgeProfile = Readonly<z.infer<typeof judgeProfileSchema>>;
