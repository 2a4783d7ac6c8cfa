import type { JudgeIdentity } from '../../contracts/judge-identity.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { evidenceOf } from '../../select/score-verdict.ts';
import { isCorrectBelowHalf } from './check-verdict.ts';
import { candidateKey, type Truth } from './read-truth.ts';
import { readVerdicts, type VerdictLine } from './read-verdicts.ts';

/** The verdicts of one judge beside the truth: the numbers only, never code nor texts. */
export interface Collected {
  readonly tested: (TestedVerdict & { readonly labelMass: number | null })[];
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
  /** What the judge is; null where its verdicts do not say. */
  identity: JudgeIdentity | null;
}

/**
 * The verdicts in the files, by judge in the order in which judges come, beside what the tests said.
 *
 * @throws {CodejuryError} as `readVerdicts` does; `usage` when no verdict of a judge is about a candidate with a label; `aborted`.
 */
export async function collectVerdicts(
  paths: readonly string[],
  truth: Truth,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Collected>> {
  const judges = new Map<string, Collected>();
  for await (const line of readVerdicts(paths)) {
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
      identity: null,
    };
    judges.set(line.judge, collected);
    collected.identity ??= line.identity;
    add(line, collected, truth);
  }
  if (judges.size === 0) throw new CodejuryError('usage', `${paths.join(', ')}: no verdict in it`);
  for (const [judge, { tested, verdicts: read }] of judges) {
    if (tested.length > 0) continue;
    throw new CodejuryError(
      'usage',
      `${judge}: none of its ${read} verdicts is about a candidate that has a label in ${truth.file}`,
      { hint: 'labels and verdicts must be about the same tasks and candidates' },
    );
  }
  return judges;
}

function add(line: VerdictLine, collected: Collected, truth: Truth): void {
  const { taskId, candidateId, label, probabilityCorrect, confidence, labelMass } = line;
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
  const score = evidenceOf(line);
  tested.push({ taskId, truth: known.label, label, score, probabilityCorrect, confidence, labelMass });
}
