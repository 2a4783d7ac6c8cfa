import { z } from 'zod';

/**
 * Ways to choose among candidates:
 *
 * - `random`: any distinct candidate.
 * - `multiplicity`: what most samples are; self-consistency (arXiv 2203.11171) over equal code.
 * - `log-likelihood`: mean log-probability of the code (the baseline of arXiv 2602.11911).
 * - `shallow`: a logistic model on length, parse result, multiplicity and log-likelihood, our own control.
 * - `coder-reviewer`, `coder-reviewer-mean`: log p(code | task) + log p(task | code), summed over tokens or their mean
 *   (arXiv 2211.16490).
 * - `judge`: a judge profile or a team of judges (arXiv 2602.11911); RankEF's (arXiv 2408.13976) and CodeRanker's
 *   (arXiv 2206.03865) are profiles trained for it.
 * - `codet`: agreement with generated tests (arXiv 2207.10397).
 * - `behaviour-clusters`: candidates that behave alike pool their votes, each weighted by the judge's probability (after SRank,
 *   arXiv 2311.03366).
 * - `scores`: a file's.
 */
export const rankerNameSchema = z.enum([
  'random',
  'multiplicity',
  'log-likelihood',
  'shallow',
  'coder-reviewer',
  'coder-reviewer-mean',
  'judge',
  'codet',
  'behaviour-clusters',
  'scores',
]);
export type RankerName = z.infer<typeof rankerNameSchema>;
