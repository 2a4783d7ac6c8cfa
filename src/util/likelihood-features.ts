/**
 * What a probe's second level reads besides the probe's score: mean natural-log probability of the tokens, and the logarithm of
 * their number, which keeps long candidates from looking likely for their length alone.
 *
 * @param score at least one token
 */
export function likelihoodFeatures(score: {
  readonly logProbability: number;
  readonly tokenCount: number;
}): readonly [meanLogProbability: number, logTokens: number] {
  return [score.logProbability / score.tokenCount, Math.log(score.tokenCount)];
}
