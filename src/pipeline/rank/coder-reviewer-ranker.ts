import { deflateSync } from 'node:zlib';
import { canonicalCode, isTrivialCode } from '../../clean/canonical-code.ts';
import { renameFunction } from '../../clean/rename-function.ts';
import { findLanguage } from '../../lang/find-language.ts';
import type { Language } from '../../lang/language.ts';
import { requireCapability } from '../../lm/language-model.ts';
import { reviewerPrompt } from '../../prompts/reviewer.ts';
import { coderReviewerScore, type GuardedScore, withoutDegenerate } from '../../select/coder-reviewer.ts';
import type { PoolCandidate, RankedTask, Ranker } from '../../select/ranker.ts';
import { openCodeLikelihood } from './likelihood-scores.ts';
import { ofEach } from './score-ranker.ts';
import type { ScoreSources } from './score-sources.ts';

const ALPHA = 0.5;

/** Text that shrinks to this share or less repeats itself. */
const REPETITIVE_RATIO = 0.25;

/**
 * The candidate from which the model would best have got the description back, weighed with how likely it is itself.
 *
 * @param per of whole texts (`sum`) or per token (`mean`)
 * @throws {CodejuryError} `capability` when the generator cannot score text.
 * @see arXiv 2211.16490
 */
export async function openCoderReviewer(
  name: string,
  per: 'sum' | 'mean',
  sources: ScoreSources,
): Promise<Ranker> {
  const writer = await sources.writer();
  requireCapability(writer.model, 'scoreText');
  const likelihood = await openCodeLikelihood(sources);
  const textScorer = await sources.textScorer();

  const scoreOf = async (task: RankedTask, candidate: PoolCandidate): Promise<GuardedScore> => {
    const language = findLanguage(task.language, sources.languages, task.id);
    const degenerate = isDegenerate(language, candidate.code);
    const code = canonicalCode(language, candidate.code, task.entryPoint);
    const signature =
      task.entryPoint === null
        ? task.signature
        : (renameFunction(language, task.signature, task.entryPoint, 'f') ?? task.signature);
    const coder = await likelihood(task, candidate);
    const prompt = reviewerPrompt(code, signature, language);
    const reviewer = await textScorer(prompt, task.description.trim());
    const score =
      coder === null || reviewer === null ? null : coderReviewerScore({ coder, reviewer }, per, ALPHA);
    return { score, degenerate };
  };

  return {
    name,
    ties: 'team',
    how: () => `log p(code | task) + log p(task | code), ${per} over tokens, by ${writer.model.name}`,
    prepare: async ({ task, candidates }) => {
      const scores = await ofEach(candidates, (candidate) => scoreOf(task, candidate));
      return (draw) =>
        withoutDegenerate(
          new Map(
            draw.candidates.flatMap(({ candidate: { id } }) => {
              const score = scores.get(id);
              return score === undefined ? [] : [[id, score] as const];
            }),
          ),
        );
    },
  };
}

function isDegenerate(language: Language, code: string): boolean {
  return (
    isTrivialCode(language, code) || deflateSync(code).length / Buffer.byteLength(code) <= REPETITIVE_RATIO
  );
}
