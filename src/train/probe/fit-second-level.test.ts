import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../util/random.ts';
import type { FitProbeOptions, HeldOutScores, ProbeFit } from './fit-probe.ts';
import { type CodeLikelihood, fitSecondLevel } from './fit-second-level.ts';

const TASKS = 40;
const CANDIDATES = 10;

/**
 * A probe's score and a likelihood that know about as much each.
 *
 * @param forLength what a candidate's mean log-probability loses with the logarithm of its length, whether it is right or wrong
 */
function simulate(forLength = 0) {
  const random = seededRandom(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const scores: number[] = [];
  const labels: (0 | 1)[] = [];
  const taskIds: string[] = [];
  const values: CodeLikelihood[] = [];
  for (let row = 0; row < TASKS * CANDIDATES; row++) {
    const [a, b] = [normal(), normal()];
    const tokenCount = Math.round(20 * Math.exp(0.7 * normal())) + 1;
    scores.push(a);
    labels.push(a + b + normal() > 0 ? 1 : 0);
    taskIds.push(`t${row % TASKS}`);
    values.push({ logProbability: (b - 4 - forLength * Math.log(tokenCount)) * tokenCount, tokenCount });
  }
  const heldOut = { scores: Float64Array.from(scores), labels, taskIds };
  const probe: ProbeFit = {
    coefficients: [],
    intercept: 0,
    acrossStrength: 1,
    withinStrength: 1,
    share: 0,
    merit: ordered(heldOut),
    heldOut,
  };
  return { probe, likelihoods: { prompt: 'chat' as const, values } };
}

/** Share of pairs of a correct and a wrong candidate that are in the right order. */
function ordered({ scores, labels }: HeldOutScores): number {
  const of = (label: 0 | 1) => [...scores].filter((_, row) => labels[row] === label);
  const [ones, zeros] = [of(1), of(0)];
  const right = ones.reduce((sum, one) => sum + zeros.filter((zero) => one > zero).length, 0);
  return right / (ones.length * zeros.length);
}

const options: FitProbeOptions = {
  strengths: [1],
  shares: [0, 0.5],
  folds: 5,
  seed: 1,
  across: ordered,
  within: () => null,
  chooseThreshold: () => 0,
};

describe('fitSecondLevel', () => {
  it('weighs the score and the likelihood by what they know, and is better than the score alone', () => {
    const { probe, likelihoods } = simulate();
    const fit = fitSecondLevel(probe, likelihoods, options);
    expect(fit?.merit).toBeGreaterThan(probe.merit + 0.05);
    const { prompt, score = 0, meanLogProbability = 0 } = fit?.level ?? {};
    expect(prompt).toBe('chat');
    expect(meanLogProbability / score).toBeGreaterThan(0.7);
    expect(meanLogProbability / score).toBeLessThan(1.4);
    expect(fitSecondLevel(probe, likelihoods, options)).toEqual(fit);
  });

  it('says in its numbers what its held-out scores say', () => {
    const { probe, likelihoods } = simulate();
    const fit = fitSecondLevel(probe, likelihoods, { ...options, chooseThreshold: () => 0.25 });
    const { score = 0, meanLogProbability = 0, logTokenCount = 0, intercept = 0 } = fit?.level ?? {};
    const scored = likelihoods.values.map(
      ({ logProbability, tokenCount }, row) =>
        intercept +
        score * (probe.heldOut.scores[row] ?? 0) +
        (meanLogProbability * logProbability) / tokenCount +
        logTokenCount * Math.log(tokenCount),
    );
    const differences = scored.map((value, row) => Math.abs(value - (fit?.heldOut.scores[row] ?? 0)));
    // Those are of models of four fifths of the tasks.
    expect(differences.reduce((sum, value) => sum + value / differences.length, 0)).toBeLessThan(0.2);
  });

  it('takes off what the length does to the likelihood, where short candidates are likelier whether right or wrong', () => {
    const { probe, likelihoods } = simulate(2);
    // The strongest comes first, and leaves each number what it knows alone.
    const either = { ...options, strengths: [10_000, 10] };
    const fit = fitSecondLevel(probe, likelihoods, either);
    const { meanLogProbability = 0, logTokenCount = 0 } = fit?.level ?? {};
    expect(logTokenCount / meanLogProbability).toBeGreaterThan(1.6);
    expect(logTokenCount / meanLogProbability).toBeLessThan(2.4);
    const ofEqualLength = likelihoods.values.map(({ logProbability, tokenCount }) => ({
      logProbability: logProbability / tokenCount,
      tokenCount: 1,
    }));
    const blind = fitSecondLevel(probe, { ...likelihoods, values: ofEqualLength }, either);
    expect(blind?.level.logTokenCount).toBeCloseTo(0, 12);
    expect(fit?.merit).toBeGreaterThan((blind?.merit ?? 1) + 0.03);
  });

  it('is null where nothing holds for other tasks', () => {
    const { probe, likelihoods } = simulate();
    const heldOut = { ...probe.heldOut, taskIds: probe.heldOut.taskIds.map(() => 't') };
    expect(fitSecondLevel({ ...probe, heldOut }, likelihoods, options)).toBeNull();
    const turned = { ...probe.heldOut, scores: probe.heldOut.scores.map((score) => -score) };
    expect(fitSecondLevel({ ...probe, heldOut: turned }, likelihoods, options)).toBeNull();
  });
});
