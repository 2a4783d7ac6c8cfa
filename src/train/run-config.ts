import { z } from 'zod';
import { probeFeaturesSchema } from '../contracts/probe.ts';
import {
  architectureSchema,
  faultSchemeSchema,
  objectiveSchema,
  packingSchema,
  trainingMethodSchema,
} from '../contracts/training-choices.ts';

/** Version of the run folder; the trainer refuses others. */
export const RUN_FORMAT = 1;

/** `config.json` of a run folder: everything the trainer has to know. Paths are relative to the folder or absolute. */
export const runConfigSchema = z.strictObject({
  format: z.literal(RUN_FORMAT),
  /** The version of codejury that wrote it. */
  codejury: z.string(),
  objective: objectiveSchema,
  method: trainingMethodSchema.exclude(['probe']),
  architecture: architectureSchema,
  scheme: faultSchemeSchema.nullable(),
  base: z.strictObject({
    /** A GGUF file that the engine serves, too, or what transformers loads by folder or name. */
    kind: z.enum(['gguf', 'transformers']),
    reference: z.string(),
    path: z.string(),
    /** sha256 (hex) of the GGUF file. */
    digest: z.string().nullable(),
  }),
  prompt: z.strictObject({ layout: z.enum(['zero-shot', 'compact']), kind: z.enum(['chat', 'text']) }),
  /** Null for a generator. `tokens` are the engine's; null where the trainer makes them. */
  labels: z
    .array(
      z.strictObject({
        name: z.string(),
        forms: z.array(z.string()),
        correct: z.boolean(),
        tokens: z.array(z.int()).nullable(),
      }),
    )
    .nullable(),
  /** Judges that read inner states; null = the model answers with a label. */
  head: z
    .strictObject({
      /** Counted from 1; the trainer cuts the model after it. */
      layer: z.int().positive(),
      /** Of the fit that it begins with: 1 / l2, per row of weight 1. */
      strength: z.number().positive(),
      /** What the judge decides by; null = the better on validation. */
      features: probeFeaturesSchema.nullable(),
    })
    .nullable()
    .default(null),
  dataset: z.strictObject({
    name: z.string(),
    /** sha256 (hex) of its data card. */
    digest: z.string(),
  }),
  files: z.strictObject({
    train: z.string(),
    validation: z.string(),
    firstStage: z.string().nullable(),
  }),
  /** Lines and sha256 of each row file. */
  rows: z.record(z.string(), z.strictObject({ count: z.int(), sha256: z.string() })),
  balanceTasks: z.boolean(),
  limitRows: z.int().nullable(),
  epochs: z.int().positive(),
  firstStageEpochs: z.int().positive(),
  learningRate: z.number().positive(),
  weightDecay: z.number().nonnegative(),
  /** Steps of warming up; below 1, a share of all steps. */
  warmup: z.number().nonnegative(),
  schedule: z.enum(['linear', 'constant_with_warmup']),
  /** Rows whose gradients make one step, and rows computed at once. */
  batchSize: z.int().positive(),
  microBatchSize: z.int().positive(),
  lora: z
    .strictObject({
      rank: z.int().positive(),
      alpha: z.number().positive(),
      dropout: z.number().min(0).max(1),
    })
    .nullable(),
  /** So many of the last layers are trained; null = all. */
  layers: z.int().positive().nullable(),
  /** In tokens. */
  maxLength: z.int().positive(),
  classWeights: z.boolean(),
  labelSmoothing: z.number().min(0).max(0.5),
  /** The part of the loss that the labels have where completions say more than a label; null = by the number of tokens. */
  labelShare: z.number().min(0).max(1).nullable(),
  packing: packingSchema,
  /** Weight of the loss that compares wrong and correct rows of a task; 0 = off. */
  pairwise: z.number().nonnegative(),
  seed: z.int().nonnegative(),
  /** `auto`: bfloat16 where the processor has it, over master weights in float32. */
  precision: z.enum(['auto', 'float32', 'bfloat16']),
  gradientCheckpointing: z.boolean(),
  /** Computes what the frozen lower layers make of each row once, and keeps it on disk. */
  cacheLowerLayers: z.boolean(),
  checkpointSeconds: z.number().positive(),
});
export type RunConfig = Readonly<z.infer<typeof runConfigSchema>>;
