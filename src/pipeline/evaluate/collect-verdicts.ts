import type { JudgeIdentity } from '../../contracts/judge-identity.ts';
import { throwIfAborted } from '../../errors.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { evidenceOf } from '../../select/score-verdict.ts';
import { isCorrectBelowHalf } from './check-verdict.ts';
import { candidateKey, type KnownCandidate } from './read-truth.ts';
import type { VerdictLine } from './verdict-line.ts';

/** A verdict beside the truth: the numbers only, never code nor texts. */
export type CollectedVerdict = TestedVerdict &
  Pick<VerdictLine, 'judge' | 'candidateId' | 'labelMass' | 'rating'>;

/** The verdicts of one judge. */
export interface Collected {
  /** Each candidate once. */
  readonly tested: CollectedVerdict[];
  /** Judged candidates, and the tested ones that they are. */
  readonly seen: Set<string>;
  readonly covered: Set<string>;
  verdicts: number;
  withoutLabel: number;
  repeated: number;
  rejected: number;
  /** Of those tested: nothing but the number of the sample says that they are the same. */
  byNumber: number;
  /** See isCorrectBelowHalf. */
  correctBelowHalf: number;
  /** Verdicts whose candidate has a number for an id. */
  numbered: number;
  /** Verdicts whose line says otherwise than the labels whether the candidate passes. */
  contradicted: number;
  /** What the judge is; null where its verdicts do not say. */
  identity: JudgeIdentity | null;
}

/** Where labels of verdicts are from. */
export interface LabelSource {
  readonly of: (line: VerdictLine) => KnownCandidate | null;
}

/**
 * Verdicts by judge, in the order in which judges come, beside what the tests said.
 *
 * @throws {CodejuryError} as `readVerdicts` and `truth.of` do; `aborted`.
 */
export async function collectVerdicts(
  lines: AsyncIterable<VerdictLine>,
  truth: LabelSource,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Collected>> {
  const judges = new Map<string, Collected>();
  for await (const line of lines) {
    throwIfAborted(signal);
    const collected = judges.get(line.judge) ?? {
      tested: [],
      seen: new Set(),
      covered: new Set(),
      verdicts: 0,
      withoutLabel: 0,
      repeated: 0,
      rejected: 0,
      byNumber: 0,
      correctBelowHalf: 0,
      numbered: 0,
      contradicted: 0,
      identity: null,
    };
    judges.set(line.judge, collected);
    collected.identity ??= line.identity;
    add(line, collected, truth);
  }
  return judges;
}

function add(line: VerdictLine, collected: Collected, truth: LabelSource): void {
  const { judge, taskId, candidateId, label, probabilityCorrect, confidence, labelMass, rating } = line;
  const { tested, seen, covered } = collected;
  const known = truth.of(line);
  const key = candidateKey(taskId, candidateId);
  collected.verdicts += 1;
  if (known === null) {
    collected.withoutLabel += 1;
    return;
  }
  covered.add(known.tested);
  if (line.rejected !== null) {
    collected.rejected += 1;
    return;
  }
  if (seen.has(key)) {
    collected.repeated += 1;
    return;
  }
  seen.add(key);
  if (known.byNumber) collected.byNumber += 1;
  if (isCorrectBelowHalf(line)) collected.correctBelowHalf += 1;
  if (line.isNumbered) collected.numbered += 1;
  if (line.passed !== null && line.passed !== known.label) collected.contradicted += 1;
  const score = line.label === null ? null : (line.probabilityCorrect ?? line.score ?? evidenceOf(line));
  tested.push({
    ...{ judge, taskId, candidateId, truth: known.label },
    ...{ label, score, probabilityCorrect, confidence, labelMass, rating },
  });
}
