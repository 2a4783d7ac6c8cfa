import type { Probe } from '../contracts/probe.ts';
import { CodejuryError } from '../errors.ts';
import { requireCapability } from '../lm/language-model.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import { probePrompt } from '../prompts/probe-prompt.ts';
import { sigmoid } from '../util/logistic-function.ts';
import { poolStates } from '../util/pool-states.ts';
import type { JudgeAnswer, JudgeStrategy } from './judge-strategy.ts';

/** A probe and the sha256 (hex) of its file. */
export interface LoadedProbe {
  readonly probe: Probe;
  readonly digest: string;
}

const NO_ANSWER: JudgeAnswer = {
  label: null,
  probabilityCorrect: null,
  confidence: null,
  labelMass: null,
  rating: null,
  texts: [],
  latencyMs: 0,
  promptTokens: null,
  cachedTokens: null,
};

/** A judge that is asked for no token: a logistic model reads what the prompt becomes inside the language model. */
export function createProbeStrategy(template: JudgeTemplate, { probe, digest }: LoadedProbe): JudgeStrategy {
  const { layout, promptKind } = template;
  return {
    method: 'probe',
    templateHash: judgeTemplateHash(template),
    dataDigest: digest,
    labels: null,
    ask: async ({ model, task, code, signal }) => {
      const hiddenStates = requireCapability(model, 'hiddenStates');
      const prompt = probePrompt(layout, task, code);
      // Nothing has no states to average.
      if (prompt.own === '') return NO_ANSWER;
      const states = await hiddenStates({
        kind: promptKind,
        system: null,
        ...prompt,
        layer: probe.layer,
        signal,
      });
      const answer = readProbeAnswer(probe, states);
      return {
        ...answer,
        rating: null,
        texts: [],
        latencyMs: states.durationMs,
        promptTokens: states.promptTokens,
        cachedTokens: states.cachedTokens,
      };
    },
  };
}

/**
 * What a probe says of a prompt's states: the likelier label (a tie is 0) with its probability as confidence. There is no
 * label mass, since no token is asked for.
 *
 * @throws {CodejuryError} `model` for states of another width than the probe was made for.
 */
export function readProbeAnswer(
  { pooling, coefficients, intercept }: Probe,
  states: { readonly mean: Float32Array; readonly last: Float32Array },
) {
  const vector = poolStates(states, pooling);
  if (vector.length !== coefficients.length) {
    throw new CodejuryError('model', 'this probe was made for another model', {
      hint: `it has ${coefficients.length} coefficients for states of ${vector.length}`,
    });
  }
  const probabilityCorrect = sigmoid(
    vector.reduce((sum, value, index) => sum + value * (coefficients[index] ?? 0), intercept),
  );
  return {
    label: probabilityCorrect > 0.5 ? (1 as const) : (0 as const),
    probabilityCorrect,
    confidence: Math.max(probabilityCorrect, 1 - probabilityCorrect),
    labelMass: null,
  };
}
