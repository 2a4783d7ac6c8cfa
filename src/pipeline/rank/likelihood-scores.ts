import { CodejuryError } from '../../errors.ts';
import { findLanguage } from '../../lang/find-language.ts';
import type { Prompt, TextScore } from '../../lm/language-model.ts';
import { asComment, promptLanguage } from '../../prompts/generator.ts';
import type { PoolCandidate, RankedTask } from '../../select/ranker.ts';
import type { OpenWriter } from '../open-writer.ts';
import { writerRequest } from '../writer-request.ts';
import type { CandidateScores } from './score-ranker.ts';
import { rememberScores, type ScoreSources } from './score-sources.ts';

/** log p(code | task) by the generator. */
export type CodeLikelihood = (task: RankedTask, candidate: PoolCandidate) => Promise<TextScore | null>;

/** @throws {CodejuryError} as opening the generator does. */
export async function openCodeLikelihood(sources: ScoreSources): Promise<CodeLikelihood> {
  const writer = await sources.writer();
  const textScorer = await sources.textScorer();
  const prompts = new Map<string, Promise<Prompt>>();
  return async (task, candidate) => {
    const prompt = prompts.get(task.id) ?? codePrompt(task, writer, sources);
    prompts.set(task.id, prompt);
    return textScorer(await prompt, candidate.code);
  };
}

/**
 * Mean natural-log probability per token of the extracted code, at most 0: rescored by the generator where it can score text; where it cannot, or where no
 * generator is named and all samples say theirs, the mean over the sample's generated tokens, of a merged candidate the largest.
 *
 * @param stored whether every candidate has the value of its samples
 * @throws {CodejuryError} `capability` when the generator cannot score text and samples do not say it either.
 * @see arXiv 2602.11911, the log-likelihood baseline
 */
export async function openLikelihoodScores(
  sources: ScoreSources,
  { stored, generatorNamed }: { readonly stored: boolean; readonly generatorNamed: boolean },
): Promise<CandidateScores> {
  const ofSamples: CandidateScores = {
    score: async (_task, { meanLogProbability }) => meanLogProbability,
    how: 'mean log-probability of the generated tokens, as the samples say',
  };
  if (stored && !generatorNamed) return ofSamples;
  const writer = await sources.writer();
  const likelihood = await openCodeLikelihood(sources);
  if (writer.model.scoreText === undefined) {
    if (stored) return ofSamples;
    throw new CodejuryError('capability', `${writer.model.name} cannot score a given text`, {
      hint: 'name another model with --generator, or give samples with "meanLogProbability"',
    });
  }
  return {
    score: rememberScores(async (task, candidate) => {
      const score = await likelihood(task, candidate);
      return score === null ? null : score.logProbability / score.tokenCount;
    }),
    how: `mean log-probability of the code, by ${writer.model.name}`,
  };
}

/** A base model would repeat the header that its prompt ends with: it is asked with the description alone. */
async function codePrompt(task: RankedTask, writer: OpenWriter, sources: ScoreSources): Promise<Prompt> {
  const language = findLanguage(task.language, sources.languages, task.id);
  const above =
    writer.promptKind === 'chat'
      ? task.prompt
      : `${task.preamble}${asComment(task.description, promptLanguage(language))}\n`;
  const { prompt } = await writerRequest({ ...task, prompt: above }, language, writer, sources.ledger.notice);
  return prompt;
}
