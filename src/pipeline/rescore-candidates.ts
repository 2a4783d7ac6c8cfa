import type { JudgedCandidate } from '../contracts/solve-result.ts';
import { CodejuryError } from '../errors.ts';
import type { Prompt } from '../lm/language-model.ts';
import type { Ledger } from './ledger.ts';
import type { OpenWriter } from './open-writer.ts';

/**
 * For a team without judges: score = mean log-probability of the extracted code given the prompt, where the engine can
 * score text; else the mean over each sample's generated tokens. The trace says which.
 *
 * @see arXiv 2602.11911, the log-likelihood baseline
 */
export async function rescoreCandidates(
  candidates: readonly JudgedCandidate[],
  writer: OpenWriter,
  prompt: Prompt,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<readonly JudgedCandidate[]> {
  try {
    const rescored = await scoreCode(candidates, writer, prompt, signal);
    if (rescored !== null) {
      ledger.notice('ranked by the mean log-probability of the extracted code');
      return rescored;
    }
  } catch (error) {
    // A server finds out what it can do only when it is asked.
    if (!(error instanceof CodejuryError) || error.code !== 'capability') {
      throw error;
    }
  }
  ledger.notice('ranked by the mean log-probability of the generated tokens');
  return candidates.map((candidate) =>
    candidate.rejected === null ? { ...candidate, score: candidate.meanLogProbability } : candidate,
  );
}

async function scoreCode(
  candidates: readonly JudgedCandidate[],
  { model: { scoreText } }: OpenWriter,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<readonly JudgedCandidate[] | null> {
  if (scoreText === undefined) {
    return null;
  }
  const rescored: JudgedCandidate[] = [];
  for (const candidate of candidates) {
    if (candidate.rejected !== null) {
      rescored.push(candidate);
      continue;
    }
    const { logProbability, tokenCount } = await scoreText({ prompt, text: candidate.code, signal });
    rescored.push({ ...candidate, score: logProbability / tokenCount });
  }
  return rescored;
}
