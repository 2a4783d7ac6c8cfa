import type { Probe } from '../contracts/probe.ts';
import { CodejuryError } from '../errors.ts';
import { requireCapability } from '../lm/language-model.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import {
  LIKELIHOOD_PROMPT_HASHES,
  type LikelihoodKind,
  likelihoodPrompt,
  probePrompt,
} from '../prompts/probe-prompt.ts';
import { hashParts } from '../util/hash.ts';
import { sigmoid } from '../util/logistic-function.ts';
import { poolStates } from '../util/pool-states.ts';
import type { JudgeQuestion, JudgeStrategy } from './judge-strategy.ts';
import { NO_ANSWER } from './no-answer.ts';

/** A probe and the sha256 (hex) of its file. */
export interface LoadedProbe {
  readonly probe: Probe;
  readonly digest: string;
}

/** What a probe reads of a candidate. */
export interface ProbeEvidence {
  readonly mean: Float32Array;
  readonly last: Float32Array;
  /** Of the code after its task; null where the probe has no second level. */
  readonly likelihood: { readonly logProbability: number; readonly tokenCount: number } | null;
}

/**
 * A judge that is asked for no token: a logistic model reads what the prompt becomes inside the language model, and, where it has
 * a second level, how likely the model finds the code.
 */
export function createProbeStrategy(template: JudgeTemplate, { probe, digest }: LoadedProbe): JudgeStrategy {
  const { layout, promptKind } = template;
  const wording = judgeTemplateHash(template);
  return {
    method: 'probe',
    templateHash:
      probe.likelihood === null
        ? wording
        : hashParts(wording, LIKELIHOOD_PROMPT_HASHES[probe.likelihood.prompt]),
    dataDigest: digest,
    labels: null,
    ask: async (question) => {
      const { model, task, code, signal } = question;
      const hiddenStates = requireCapability(model, 'hiddenStates');
      const prompt = probePrompt(layout, task, code);
      // Nothing has no states to average.
      if (prompt.own === '') return { ...NO_ANSWER, cachedTokens: null };
      const states = await hiddenStates({
        kind: promptKind,
        system: null,
        ...prompt,
        layer: probe.layer,
        signal,
      });
      const { likelihood, durationMs } =
        probe.likelihood === null
          ? { likelihood: null, durationMs: 0 }
          : await askLikelihood(question, probe.likelihood.prompt);
      const answer = readProbeAnswer(probe, { ...states, likelihood });
      return {
        ...answer,
        rating: null,
        texts: [],
        latencyMs: states.durationMs + durationMs,
        promptTokens: states.promptTokens,
        cachedTokens: states.cachedTokens,
      };
    },
  };
}

async function askLikelihood({ model, task, code, signal }: JudgeQuestion, kind: LikelihoodKind) {
  const startedAt = performance.now();
  // An adapter that was trained to show states knows nothing of what comes next any more.
  const scoreText = requireCapability(model.base ?? model, 'scoreText');
  const likelihood = await scoreText({ ...likelihoodPrompt(kind, task, code), signal });
  return { likelihood, durationMs: performance.now() - startedAt };
}

/**
 * What a probe says of what it reads: the likelier label (a tie is 0) with its probability as confidence. There is no
 * label mass, since no token is asked for.
 *
 * @throws {CodejuryError} `model` for states of another width than the probe was made for.
 */
export function readProbeAnswer(
  { pooling, coefficients, intercept, likelihood: second }: Probe,
  evidence: ProbeEvidence,
) {
  const vector = poolStates(evidence, pooling);
  if (vector.length !== coefficients.length) {
    throw new CodejuryError('model', 'this probe was made for another model', {
      hint: `it has ${coefficients.length} coefficients for states of ${vector.length}`,
    });
  }
  let score = vector.reduce((sum, value, index) => sum + value * (coefficients[index] ?? 0), intercept);
  if (second !== null) {
    if (evidence.likelihood === null) throw new Error('this probe reads how likely the code is, too');
    const { logProbability, tokenCount } = evidence.likelihood;
    score =
      second.intercept +
      second.score * score +
      second.meanLogProbability * (logProbability / tokenCount) +
      second.logTokenCount * Math.log(tokenCount);
  }
  const probabilityCorrect = sigmoid(score);
  return {
    label: probabilityCorrect > 0.5 ? (1 as const) : (0 as const),
    probabilityCorrect,
    confidence: Math.max(probabilityCorrect, 1 - probabilityCorrect),
    labelMass: null,
  };
}
