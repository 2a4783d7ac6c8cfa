import { z } from 'zod';
import { judgeIdentitySchema } from './judge-identity.ts';
import { combinationSchema } from './team.ts';

/** The combinations that are fitted on validation data. */
export const learnedCombinationSchema = combinationSchema.extract(['logistic', 'forest', 'network']);
export type LearnedCombination = z.infer<typeof learnedCombinationSchema>;

const numbers = z.array(z.number());

/** Σ coefficient · input + intercept, through the logistic function. */
export const logisticModelSchema = z.strictObject({
  kind: z.literal('logistic'),
  coefficients: numbers,
  intercept: z.number(),
});

/**
 * A tree as parallel lists, its root first: node i asks whether input `feature[i]` is at most `threshold[i]` and goes on at
 * `left[i]`, else at `right[i]`; `feature` −1 is a leaf, whose `value` is the share of correct candidates.
 */
export const treeSchema = z.strictObject({
  feature: z.array(z.int()),
  threshold: numbers,
  left: z.array(z.int()),
  right: z.array(z.int()),
  value: numbers,
});
export type Tree = Readonly<z.infer<typeof treeSchema>>;

/** The mean over its trees. */
export const forestModelSchema = z.strictObject({
  kind: z.literal('forest'),
  trees: z.array(treeSchema).min(1),
});

/** One hidden layer (tanh), one output (logistic); inputs are standardised first. */
export const networkModelSchema = z.strictObject({
  kind: z.literal('network'),
  means: numbers,
  deviations: numbers,
  /** A list a hidden unit, a weight an input. */
  hidden: z.array(numbers),
  hiddenBias: numbers,
  output: numbers,
  outputBias: z.number(),
});

export const combinerModelSchema = z.discriminatedUnion('kind', [
  logisticModelSchema,
  forestModelSchema,
  networkModelSchema,
]);
export type CombinerModel = Readonly<z.infer<typeof combinerModelSchema>>;

/** A combination of judges that was fitted on validation data: the file that a team's `combiner` names. */
export const combinerSchema = z.strictObject({
  /** By name, the best on validation first; the model's inputs are label and confidence of each, in this order. */
  judges: z.array(z.string().min(1)).min(1).max(3),
  /** What each of them is, as its verdicts said: null = they did not. A team's judges are compared with it. */
  identities: z.array(judgeIdentitySchema.nullable()).nullable().default(null),
  /** Of each judge alone on the same candidates. */
  kappas: z.array(z.number().nullable()),
  model: combinerModelSchema,
  fitted: z.strictObject({
    candidates: z.int().nonnegative(),
    tasks: z.int().nonnegative(),
    /** Parts of the tasks; each part's candidates were predicted by a model fitted on the others. */
    folds: z.int().positive(),
    seed: z.int().nonnegative(),
    /** What the folds chose, e.g. { l2: 1 }. */
    settings: z.record(z.string(), z.number()),
    /** Of those predictions. */
    metrics: z.record(z.string(), z.number().nullable()),
  }),
});
export type Combiner = Readonly<z.infer<typeof combinerSchema>>;
