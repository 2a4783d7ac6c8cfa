import { CodejuryError } from '../../errors.ts';
import type { LabelRequest, LabelScores, Prompt } from '../language-model.ts';
import { asArray, asNumber, at } from './json-access.ts';
import { labelProbabilities } from './label-probabilities.ts';
import { NEUTRAL_FIELDS, neutralSampling } from './neutral-sampling.ts';
import { logprobFields, promptFields } from './prompt-fields.ts';
import type { FindLogprobs } from './sample-texts.ts';
import type { ServerModel } from './server-model.ts';
import { parseTokenPositions, type TokenPosition } from './token-positions.ts';

/** Tokens asked for once a model was seen to begin with white space. */
const TOKENS_PAST_SPACE = 3;

/** What to do when a server cannot judge; part of the capability error and of the probe's report. */
export const HOW_TO_JUDGE_INSTEAD =
  'let an embedded model judge (judges: [{ model: smollm2-135m }]), or a server that returns log-probabilities: vLLM, SGLang, llama.cpp';

/** Draws made at temperature 1 when the greedy answer came without usable numbers. */
const OTHER_SEEDS = [1, 2, 3] as const;

/**
 * A function that scores labels at the first position of the answer that is not white space. It asks greedily where the
 * probe showed that temperature leaves the numbers alone, else at temperature 1, where both kinds of server
 * agree. When the likeliest token is white space but the answer does not go that way, the first position counts: its
 * small label mass then tells that the model did not answer.
 *
 * llama.cpp leaves the numbers out when the answer ends inside a character, and merges the tokens of one character into one
 * entry. Such an answer is drawn again at temperature 1, one token long: the numbers of the first position do not depend on
 * the draw.
 */
export function createLabelScorer(
  server: ServerModel,
  findLogprobs: FindLogprobs,
): (request: LabelRequest, signal: AbortSignal) => Promise<LabelScores> {
  let tokensAsked = 1;

  return async (request, signal) => {
    const { path, fields } = promptFields(promptOf(request), server.options.api);
    const probe = await findLogprobs(path, signal);
    if (probe.width < 2) {
      throw new CodejuryError('capability', `${server.options.name} cannot judge: ${path} ${probe.reason}`, {
        hint: HOW_TO_JUDGE_INSTEAD,
      });
    }
    const startedAt = performance.now();
    const ask = async (maxTokens: number, temperature: number, seed: number): Promise<Asked | null> => {
      const body = {
        ...fields,
        max_tokens: maxTokens,
        temperature,
        top_p: 1,
        seed,
        ...neutralSampling(server.info.kind, 0),
        ...logprobFields(path, probe.width),
      };
      return readAnswer(await server.post(path, body, NEUTRAL_FIELDS, signal));
    };
    const temperature = probe.greedyIntact ? 0 : 1;
    let asked = await ask(tokensAsked, temperature, 0);
    if (asked !== null && tokensAsked === 1 && isSpace(likeliest(asked.positions[0]))) {
      tokensAsked = TOKENS_PAST_SPACE;
      asked = (await ask(tokensAsked, temperature, 0)) ?? asked;
    }
    for (const seed of OTHER_SEEDS) {
      asked ??= await ask(1, 1, seed);
    }
    if (asked === null) {
      throw new CodejuryError(
        'server',
        `${server.connection.baseUrl}${path} left out the log-probabilities it gave before`,
        {
          hint: 'a model that thinks before it answers cannot be asked for one token: switch thinking off, or use another judge',
        },
      );
    }
    return {
      ...labelProbabilities(answerPosition(asked.positions), request.labels),
      promptTokens: asked.promptTokens,
      cachedTokens: asked.cachedTokens,
      durationMs: performance.now() - startedAt,
    };
  };
}

interface Asked {
  readonly positions: readonly [TokenPosition, ...TokenPosition[]];
  readonly promptTokens: number | null;
  readonly cachedTokens: number | null;
}

function promptOf(request: LabelRequest): Prompt {
  const question = request.shared + request.own;
  if (request.kind === 'text') {
    return { kind: 'text', text: request.system === null ? question : `${request.system}\n\n${question}` };
  }
  const system = request.system === null ? [] : [{ role: 'system', content: request.system } as const];
  return { kind: 'chat', messages: [...system, { role: 'user', content: question }] };
}

/** Null when the numbers are missing or are fewer than the tokens. */
function readAnswer(answer: unknown): Asked | null {
  const [choice] = asArray(at(answer, 'choices'));
  const [first, ...rest] = parseTokenPositions(at(choice, 'logprobs')) ?? [];
  const generated = asNumber(at(answer, 'usage', 'completion_tokens'));
  if (first === undefined || first.top.length === 0 || (generated !== null && rest.length + 1 < generated)) {
    return null;
  }
  return {
    positions: [first, ...rest],
    promptTokens: asNumber(at(answer, 'usage', 'prompt_tokens')),
    cachedTokens: asNumber(at(answer, 'usage', 'prompt_tokens_details', 'cached_tokens')),
  };
}

/** The first position that, going the likeliest way, is not white space; the very first when there is none. */
function answerPosition(positions: Asked['positions']): TokenPosition {
  for (const position of positions) {
    if (!isSpace(likeliest(position))) {
      return position;
    }
    if (!isSpace(position.bytes)) {
      break;
    }
  }
  return positions[0];
}

function likeliest(position: TokenPosition): Buffer {
  return position.top[0]?.bytes ?? position.bytes;
}

function isSpace(bytes: Buffer): boolean {
  return /^\s+$/.test(bytes.toString());
}
