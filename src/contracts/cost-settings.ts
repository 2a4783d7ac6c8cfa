import { z } from 'zod';
import { BITS_PER_WEIGHT } from './precisions.ts';

/** How much a developer asks for. */
export interface DeveloperDemand {
  readonly recommendationsPerWeek: number;
  readonly writingHoursPerWeek: number;
}

/** A developer triggers 1,150 recommendations in the 16 hours a week, 40 % of 40, in which code is written. */
export const PAPER_DEMAND: DeveloperDemand = { recommendationsPerWeek: 1150, writingHoursPerWeek: 16 };

const demandSchema = z.strictObject({
  recommendationsPerWeek: z.number().positive().default(PAPER_DEMAND.recommendationsPerWeek),
  writingHoursPerWeek: z.number().positive().max(168).default(PAPER_DEMAND.writingHoursPerWeek),
});

const precisions = Object.keys(BITS_PER_WEIGHT) as [keyof typeof BITS_PER_WEIGHT];

/** What is known of a model that runs where nobody can look into its file, or that shall run otherwise than here. */
const modelFactsSchema = z.strictObject({
  /** Number of weights. */
  parameters: z.number().positive().nullable().default(null),
  /** How they are kept, or bits a weight. */
  precision: z
    .union([z.enum(precisions), z.number().positive().max(64)], {
      error: `expected bits a weight or one of ${precisions.join(', ')}`,
    })
    .nullable()
    .default(null),
  /** What decides how much is kept of each token. */
  attention: z
    .strictObject({
      layers: z.int().positive(),
      keyValueHeads: z.int().positive(),
      headSize: z.int().positive(),
    })
    .nullable()
    .default(null),
});

/** Seconds per answer that somebody measured, of one answer at a time. */
const givenSecondsSchema = z.strictObject({
  /** Name of a team, of a generator (a single candidate) or of a larger model. */
  of: z.string().min(1),
  /** Whose candidates a team chooses among; null = of each generator. */
  generator: z.string().min(1).nullable().default(null),
  /** Samples a team chooses among; null for what answers once. */
  n: z.int().positive().nullable().default(null),
  seconds: z.number().positive(),
  /** Name of the GPU; null = unknown. */
  on: z.string().min(1).nullable().default(null),
});

/** What the costs of a study rest on. */
export const costSettingsSchema = z.strictObject({
  /** Catalogues of GPUs, added to the one that comes with codejury. */
  gpus: z.array(z.string().min(1)).default([]),
  /** Names of the GPUs to choose among; null = all. */
  among: z.array(z.string().min(1)).min(1).nullable().default(null),
  /** `separate`: a GPU for each model, as the paper counts; `packed`: on one where that is cheaper. */
  sharing: z.enum(['separate', 'packed']).default('separate'),
  /** Tokens of prompt and answer together. */
  contextTokens: z.int().positive().default(4096),
  /** Sequences held at once. */
  sequences: z.int().positive().default(1),
  /** Of a number in the cache. */
  keyValueBits: z.number().positive().max(64).default(16),
  demand: demandSchema.prefault({}),
  /** By the model's reference, or the name of a pool. */
  models: z.record(z.string().min(1), modelFactsSchema).default({}),
  seconds: z.array(givenSecondsSchema).default([]),
});
