/**
 * Judging 10 candidates of one task (about 200 shared and 150 own tokens each): with the shared part evaluated once,
 * against evaluating each prompt whole on the same engine. Target: at least 1.8 times as fast, probabilities within 0.02.
 */

import { performance } from 'node:perf_hooks';
import { type LanguageModel, requireCapability } from '../src/lm/language-model.ts';
import { median } from './median.ts';
import { LABELS, openBenchModel } from './open-bench-model.ts';

const CANDIDATES = 10;
const ROUNDS = 3;
const TARGET_RATIO = 1.8;
const TARGET_DIFFERENCE = 0.02;

const SHARED = `Decide whether the candidate implements the description. Rate it on this scale:
0 = the candidate is wrong: some input makes it return something else than described, or fail.
1 = the candidate is correct: it returns what is described for every valid input.
Answer with the number alone.

# Description:
Given a list of intervals, each a pair of numbers with the start not larger than the end, return the list of
intervals that cover exactly the same numbers, sorted by start, in which no two intervals overlap or touch. The
input is not sorted, may be empty, and must not be changed. Intervals that touch at a single number are merged.
For example, [(5, 8), (1, 3), (2, 4), (8, 9)] gives [(1, 4), (5, 9)], and a list of one interval gives that interval.

# Signature:
def merge_intervals(intervals: list[tuple[float, float]]) -> list[tuple[float, float]]:

# Candidate:
`;

/**
 * The n-th candidate: about 150 tokens, different from the others from its first line on. It ends in a space, after which
 * this small model says a digit: probabilities near 0 would agree whatever happens.
 */
function candidate(n: number): string {
  return `def merge_intervals(intervals, limit_${n}=None):
    merged_${n} = []
    for start, end in sorted(intervals, key=lambda pair: pair[${n % 2}]):
        if merged_${n} and start <= merged_${n}[-1][1] + ${n}:
            last_start, last_end = merged_${n}.pop()
            merged_${n}.append((last_start, max(last_end, end)))
        else:
            merged_${n}.append((start, end))
    if limit_${n} is not None and len(merged_${n}) > limit_${n}:
        raise ValueError("too many intervals")
    return merged_${n}

# Rating (0 or 1): `;
}

interface Measured {
  readonly probabilities: readonly (readonly number[])[];
  readonly tokens: number;
  readonly cached: number;
  readonly elapsedMs: number;
}

export async function run(): Promise<void> {
  const model = await openBenchModel({ threads: null, batching: 'auto' });
  try {
    const owns = Array.from({ length: CANDIDATES }, (_value, index) => candidate(index));
    const shared: Measured[] = [];
    const whole: Measured[] = [];
    // A round of each first, not counted: the memory of a new context is touched for the first time.
    for (let round = 0; round <= ROUNDS; round++) {
      const rounds = [
        await measure(model, SHARED, owns),
        await measure(
          model,
          '',
          owns.map((own) => SHARED + own),
        ),
      ];
      if (round > 0) {
        shared.push(rounds[0] as Measured);
        whole.push(rounds[1] as Measured);
      }
    }
    report(shared, whole);
  } finally {
    await model.dispose();
  }
}

async function measure(model: LanguageModel, shared: string, owns: readonly string[]): Promise<Measured> {
  const scoreLabels = requireCapability(model, 'scoreLabels');
  // Something else comes first, so that nothing is left over from the round before.
  await scoreLabels({ kind: 'text', system: null, shared: '', own: 'another prompt', labels: LABELS });
  const startedAt = performance.now();
  const probabilities = [];
  let tokens = 0;
  let cached = 0;
  for (const own of owns) {
    // A text and not a chat: the header of a chat would be reused in the prompts that are to be evaluated whole.
    const scores = await scoreLabels({ kind: 'text', system: null, shared, own, labels: LABELS });
    probabilities.push(scores.probabilities);
    tokens += scores.promptTokens ?? 0;
    cached += scores.cachedTokens ?? 0;
  }
  return { probabilities, tokens, cached, elapsedMs: performance.now() - startedAt };
}

function report(shared: readonly Measured[], whole: readonly Measured[]): void {
  const sharedMs = median(shared.map(({ elapsedMs }) => elapsedMs));
  const wholeMs = median(whole.map(({ elapsedMs }) => elapsedMs));
  const ratio = median(
    whole.map(({ elapsedMs }, round) => elapsedMs / (shared[round]?.elapsedMs ?? Number.NaN)),
  );
  const differences = (shared[0]?.probabilities ?? []).flatMap((scores, index) =>
    scores.map((score, label) => Math.abs(score - (whole[0]?.probabilities[index]?.[label] ?? Number.NaN))),
  );
  const largest = Math.max(...differences);
  const { tokens = 0, cached = 0 } = shared[0] ?? {};
  console.log(
    `judge: ${CANDIDATES} candidates, ${tokens} tokens of prompts, ${cached} of them reused, ${ROUNDS} rounds`,
  );
  const mass = median(
    (shared[0]?.probabilities ?? []).map((scores) => scores.reduce((sum, score) => sum + score, 0)),
  );
  console.log(`  mass of the labels     ${mass.toFixed(3)} (median)`);
  console.log(`  each prompt whole      ${wholeMs.toFixed(0)} ms`);
  console.log(`  shared part once       ${sharedMs.toFixed(0)} ms`);
  console.log(
    `  ratio                  ${ratio.toFixed(2)} ${verdict(ratio >= TARGET_RATIO, `at least ${TARGET_RATIO}`)}`,
  );
  console.log(
    `  largest difference     ${largest.toExponential(1)} ${verdict(largest <= TARGET_DIFFERENCE, `at most ${TARGET_DIFFERENCE}`)}`,
  );
}

function verdict(met: boolean, target: string): string {
  return `(target ${target}: ${met ? 'met' : 'MISSED'})`;
}
