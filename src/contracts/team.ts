import { z } from 'zod';
import { customLanguageSchema } from './custom-language.ts';
import { promptedMethodSchema } from './judge-method.ts';
import { writtenLimitsSchema } from './written-limits.ts';

/** How a model is opened. `model` is a registered name, `file:…`, `hf:…`, `wheel:…` or `openai:model@baseUrl`. */
const modelSettings = {
  model: z.string().min(1),
  /** LoRA adapter (GGUF) applied to the model, and its scale. */
  adapter: z.string().min(1).nullable().default(null),
  adapterScale: z.number().positive().default(1),
  /** Tokens; null = what the model was trained for, bounded by the engine. */
  contextSize: z.int().min(64).nullable().default(null),
  /** CPU threads; null = the engine's rule. */
  threads: z.int().positive().nullable().default(null),
  gpu: z.enum(['off', 'auto', 'cuda', 'vulkan', 'metal']).default('off'),
  /** `auto` is a fixed rule of quantisation and threads, never a timing. */
  batching: z.enum(['auto', 'batched', 'in-turn']).default('auto'),
  /** Servers only: the environment variable that holds the key. */
  apiKeyEnv: z.string().min(1).default('OPENAI_API_KEY'),
  /** Servers only: longest wait for an answer, and between two pieces of a stream. */
  timeoutMs: z.int().positive().default(120_000),
  /** Servers only: requests under way at once. */
  concurrency: z.int().min(1).max(256).default(4),
};

/** Unset sampling values (null) mean those the model's author recommends, never an engine's default. */
const samplingSettings = {
  temperature: z.number().min(0).max(5).nullable().default(null),
  topP: z.number().gt(0).max(1).nullable().default(null),
  topK: z.int().min(0).nullable().default(null),
  maxTokens: z.int().positive().default(512),
  /** `auto`: chat for instruct models, completion for base models. */
  prompt: z.enum(['auto', 'chat', 'completion']).default('auto'),
  /** Language documentation (text files) and solved examples (task files with a canonical solution). */
  context: z.array(z.string().min(1)).default([]),
};

export const generatorConfigSchema = z.strictObject({
  ...modelSettings,
  model: modelSettings.model.default('smollm2-135m'),
  ...samplingSettings,
  /** The models' authors recommend values for one good answer; a jury needs different ones. null = the author's. */
  temperature: samplingSettings.temperature.unwrap().default(1),
  samples: z.int().min(1).max(10_000).default(10),
});

export const escalationConfigSchema = z.strictObject({ ...modelSettings, ...samplingSettings });
export type EscalationConfig = Readonly<z.infer<typeof escalationConfigSchema>>;

/** A judge is a model and how it is asked, or a profile file that says everything about a judge. */
export const judgeConfigSchema = z
  .strictObject({
    ...modelSettings,
    model: modelSettings.model.nullable().default(null),
    profile: z.string().min(1).nullable().default(null),
    /** null = zero-shot, or what the profile says. */
    method: promptedMethodSchema.nullable().default(null),
    /** Few-shot: folder of a dataset; examples come from its training tasks. */
    examples: z.string().min(1).nullable().default(null),
    /** Name in verdicts and tables; null = the profile's name or the model's. */
    name: z.string().min(1).nullable().default(null),
  })
  .refine((judge) => (judge.model === null) !== (judge.profile === null), {
    message: 'expected exactly one of "model" and "profile"',
  })
  .refine((judge) => judge.profile === null || (judge.method === null && judge.examples === null), {
    message: 'a profile says by itself which "method" and "examples" the judge has',
  })
  .refine((judge) => judge.profile !== null || (judge.method === 'few-shot') === (judge.examples !== null), {
    message: 'expected "examples" with method "few-shot", and with no other',
  });
export type JudgeConfig = Readonly<z.infer<typeof judgeConfigSchema>>;

export const scoreRuleSchema = z.enum(['monotone', 'paper']);
export type ScoreRule = z.infer<typeof scoreRuleSchema>;
/** Formulas, and models fitted on validation data, which are in the file that `combiner` names. */
export const combinationSchema = z.enum(['posterior', 'product', 'mean', 'logistic', 'forest', 'network']);
export type Combination = z.infer<typeof combinationSchema>;

/** A team file: what a user writes, every field with its default. */
export const teamConfigSchema = z.strictObject({
  generator: generatorConfigSchema.prefault({}),
  /** Without judges the team ranks by mean log-likelihood. */
  judges: z
    .array(judgeConfigSchema)
    .max(16)
    .prefault([{ model: 'smollm2-135m' }]),
  score: scoreRuleSchema.default('monotone'),
  combine: combinationSchema.default('posterior'),
  /** File of a fitted combination, as `ensemble fit` writes it; relative to the team file. */
  combiner: z.string().min(1).nullable().default(null),
  /** π of the posterior: the share of correct candidates expected before any judgement. */
  prior: z.number().gt(0).lt(1).default(0.5),
  /** Run before any judge is paid, in this order. */
  gates: z.array(z.enum(['parse', 'compile', 'tests'])).default(['parse']),
  /** Stop sampling once a candidate scores this high. */
  stopWhen: z.number().gt(0).max(1).nullable().default(null),
  /** Below it: escalate or abstain. */
  minimumScore: z.number().min(0).max(1).nullable().default(null),
  escalateTo: escalationConfigSchema.nullable().default(null),
  dedupe: z.enum(['tokens', 'exact']).default('tokens'),
  /** The paper drops candidates with non-ASCII characters; a study option. */
  asciiOnly: z.boolean().default(false),
  /** Private languages: how to find a function in a language that has no grammar. */
  languages: z.array(customLanguageSchema).default([]),
  /** Files that describe one each, as `--language-file` takes them; relative to the team file. */
  languageFiles: z.array(z.string().min(1)).default([]),
  /** What a run of a candidate may use, for example `{ wallTime: 15s, memory: 1GiB }`; unset ones have their defaults. */
  limits: writtenLimitsSchema.prefault({}),
});
export type TeamConfig = Readonly<z.infer<typeof teamConfigSchema>>;
