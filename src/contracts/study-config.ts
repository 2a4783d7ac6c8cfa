import { z } from 'zod';
import { costSettingsSchema } from './cost-settings.ts';
import { combinationSchema, generatorConfigSchema, judgeConfigSchema, scoreRuleSchema } from './team.ts';
import { writtenLimitsSchema } from './written-limits.ts';

/** Names become names of files and columns. */
const nameSchema = z.string().regex(/^\w[\w.+-]{0,63}$/, {
  error: 'expected letters, digits and . + - _, at most 64, a letter or digit first',
});

/**
 * A model that writes candidates, or a pool of samples that somebody else drew, in any format that `execute --samples` reads. Of a pool,
 * `model` is the one that says how likely its candidates are and writes tests for them.
 */
const writerSchema = generatorConfigSchema
  .extend({
    name: nameSchema,
    model: z.string().min(1).nullable().default(null),
    pool: z.string().min(1).nullable().default(null),
  })
  .refine(({ model, pool }) => model !== null || pool !== null, {
    message: 'expected "model", or "pool" with samples that are there already',
  });
export type StudyWriter = Readonly<z.infer<typeof writerSchema>>;

/** How a judge came to be, by which the paper's first question compares them. */
export const judgeSettingSchema = z.enum(['zero-shot', 'few-shot', 'probe', 'fine-tuned', 'other']);
export type JudgeSetting = z.infer<typeof judgeSettingSchema>;

const studyJudgeSchema = judgeConfigSchema.safeExtend({
  name: nameSchema,
  /** null = as its method and its profile say. */
  setting: judgeSettingSchema.nullable().default(null),
});
export type StudyJudge = Readonly<z.infer<typeof studyJudgeSchema>>;

/** How the judges of a study work together; K of them are the first K of the order. */
const teamsSchema = z.strictObject({
  /** Names of judges, the best on validation first; null = those with a profile, by the kappa it says, at most three. */
  order: z.array(nameSchema).min(1).max(16).nullable().default(null),
  combine: combinationSchema.extract(['posterior', 'product', 'mean']).default('posterior'),
  score: scoreRuleSchema.default('monotone'),
  prior: z.number().gt(0).lt(1).default(0.5),
});

const dollarsSchema = z.number().nonnegative();

/** What a model behind a server costs, in US dollars for a million tokens. */
const priceSchema = z.strictObject({ input: dollarsSchema, output: dollarsSchema });

/** Above these a study is not run without a word; null = however much. */
const askAboveSchema = z.strictObject({
  /** On this machine, where rates are known. */
  hours: z.number().nonnegative().nullable().default(24),
  /** Where prices are known. */
  dollars: dollarsSchema.nullable().default(10),
});

/** A study: one file that says what is measured, every field with its default. Relative paths start at the file's folder. */
export const studyConfigSchema = z.strictObject({
  name: z.string().trim().min(1),
  seed: z.int().nonnegative().default(0),
  /** Benchmark files, folders, or `bundled[:language]`. */
  tasks: z.array(z.string().min(1)).min(1),
  /** Only this part of a dataset, whose folder `tasks` names: judges are measured on test tasks. */
  split: z.enum(['train', 'validation', 'test']).nullable().default(null),
  /** Only the first tasks; null = all. */
  maxTasks: z.int().positive().nullable().default(null),
  /** Tables of choices are made for each: its candidates, all judges and rankers. */
  generators: z.array(writerSchema).min(1),
  /** Larger models, of which a single candidate is what teams are compared with. */
  largeModels: z.array(writerSchema).default([]),
  judges: z.array(studyJudgeSchema).max(16).default([]),
  teams: teamsSchema.prefault({}),
  /** Names as `rank --ranker` takes them, beside the judges' teams. */
  rankers: z.array(z.string().min(1)).default(['random', 'multiplicity', 'log-likelihood']),
  /** What the ranker `shallow` learns from: the folder of a dataset. */
  train: z.string().min(1).nullable().default(null),
  /** Folders of datasets that judges were trained on, beside those that `tasks` and `train` name: they tell who knows tasks of the study. */
  datasets: z.array(z.string().min(1)).default([]),
  /** Samples a draw: small draws are the beginnings of large ones. */
  candidates: z.array(z.int().positive()).min(1).default([2, 5, 10]),
  repetitions: z.int().positive().default(10),
  /** Of the bootstrap over tasks. */
  resamples: z.int().min(100).default(1000),
  dedupe: z.enum(['tokens', 'exact']).default('tokens'),
  languageFiles: z.array(z.string().min(1)).default([]),
  limits: writtenLimitsSchema.prefault({}),
  /** By the model's reference, as the study or a judge's profile has it. */
  prices: z.record(z.string().min(1), priceSchema).default({}),
  askAbove: askAboveSchema.prefault({}),
  costs: costSettingsSchema.prefault({}),
});
export type StudyConfig = Readonly<z.infer<typeof studyConfigSchema>>;
