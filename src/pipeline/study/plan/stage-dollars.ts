import type { JudgeMethod } from '../../../contracts/judge-method.ts';
import type { StudyConfig, StudyWriter } from '../../../contracts/study-config.ts';
import type { StageWork } from '../../../contracts/study-plan.ts';
import { isServer } from '../study-models.ts';

/** Of English and code: models differ, and none that we know has fewer. */
export const CHARACTERS_A_TOKEN = 3;

/** Instructions around a task, in tokens. */
const GENERATOR_TEMPLATE = 150;
const JUDGE_TEMPLATE = 400;

/** Of a pool's candidate, in tokens, as many as a generator's by default. */
const LONGEST_CANDIDATE = 512;

/** Tokens of a test writer's answer. */
const TEST_TOKENS = 160;

/** Requests that a method makes for one candidate, how many tasks with candidates each shows, and the longest answers together. */
const ASKED: Readonly<Partial<Record<JudgeMethod, { requests: number; shown: number; answer: number }>>> = {
  'few-shot': { requests: 1, shown: 3, answer: 8 },
  'auto-cot': { requests: 2, shown: 1, answer: 640 },
  'slow-thinking': { requests: 2, shown: 2, answer: 544 },
  'ice-score': { requests: 1, shown: 1, answer: 128 },
  'fault-list': { requests: 1, shown: 1, answer: 512 },
};
const ASKED_FOR_LABEL = { requests: 1, shown: 1, answer: 8 };

/** A judge, the model that it asks and how. */
export interface PricedJudge {
  readonly model: string;
  readonly method: JudgeMethod;
}

export interface DollarInputs {
  readonly prices: StudyConfig['prices'];
  readonly judges: readonly PricedJudge[];
  /** Of a task's description and signature, on average. */
  readonly charactersATask: number;
  /** Of the context files of each writer, by its name. */
  readonly contextCharacters: ReadonlyMap<string, number>;
}

/** What a stage costs at most, and its models without a price. */
export interface StageDollars {
  readonly dollars: number;
  readonly unpriced: readonly string[];
}

/** Samples, or tests for rankers, that a writer's model writes: every request pays for its prompt. */
export function writerDollars(
  { name, model, maxTokens }: StudyWriter,
  { samples }: StageWork,
  kind: 'candidates' | 'tests',
  { prices, charactersATask, contextCharacters }: DollarInputs,
): StageDollars {
  if (model === null || !isServer(model) || samples === 0) return FREE;
  const context = kind === 'tests' ? 0 : (contextCharacters.get(name) ?? 0);
  const input = GENERATOR_TEMPLATE + (charactersATask + context) / CHARACTERS_A_TOKEN;
  const output = kind === 'tests' ? TEST_TOKENS : maxTokens;
  return cost(model, prices, { input: samples * input, output: samples * output });
}

/** All judges on the candidates of a writer. */
export function judgeDollars(
  { pool, maxTokens }: StudyWriter,
  { judgements }: StageWork,
  { prices, judges, charactersATask }: DollarInputs,
): StageDollars {
  const paid = judges.filter(({ model }) => isServer(model));
  if (paid.length === 0) return FREE;
  const candidates = judgements / judges.length;
  const candidate = pool === null ? maxTokens : LONGEST_CANDIDATE;
  const all = paid.map(({ model, method }) => {
    const { requests, shown, answer } = ASKED[method] ?? ASKED_FOR_LABEL;
    const input = requests * JUDGE_TEMPLATE + shown * (charactersATask / CHARACTERS_A_TOKEN + candidate);
    return cost(model, prices, { input: candidates * input, output: candidates * answer });
  });
  return {
    dollars: all.reduce((sum, { dollars }) => sum + dollars, 0),
    unpriced: [...new Set(all.flatMap(({ unpriced }) => unpriced))],
  };
}

const FREE: StageDollars = { dollars: 0, unpriced: [] };

function cost(
  model: string,
  prices: DollarInputs['prices'],
  tokens: { readonly input: number; readonly output: number },
): StageDollars {
  const price = prices[model];
  if (price === undefined) return { dollars: 0, unpriced: [model] };
  return {
    dollars: (tokens.input * price.input + tokens.output * price.output) / 1e6,
    unpriced: [],
  };
}
