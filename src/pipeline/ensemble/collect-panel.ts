import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JudgeIdentity } from '../../contracts/judge-identity.ts';
import { CodejuryError } from '../../errors.ts';
import { firstOfProblem } from '../../util/first-of-problem.ts';
import { collectVerdicts } from '../evaluate/collect-verdicts.ts';
import type { CollectedVerdict } from '../evaluate/collected.ts';
import { candidateKey, readTruth, type Truth } from '../evaluate/read-truth.ts';
import { readVerdicts } from '../evaluate/read-verdicts.ts';
import { requireValidation } from '../evaluate/require-validation.ts';
import type { VerdictLine } from '../evaluate/verdict-line.ts';
import { readDatasetTasks } from '../read-dataset-lines.ts';

/** A candidate with the verdicts of several judges on it. */
export interface PanelCandidate {
  readonly taskId: string;
  /** Tasks of one group are about the same, as far as the labels' dataset says: see firstOfProblem. */
  readonly group: string;
  readonly truth: 0 | 1;
  readonly verdicts: ReadonlyMap<string, CollectedVerdict>;
}

export interface CollectedPanel {
  /** In the order of task and candidate id, whatever the order of the files. */
  readonly candidates: readonly PanelCandidate[];
  /** In the order in which they come, and what they are; null where their verdicts do not say. */
  readonly judges: ReadonlyMap<string, JudgeIdentity | null>;
  readonly withoutLabel: number;
  /** Verdicts whose label was found by nothing but the number of the sample. */
  readonly byNumber: number;
  /** See isCorrectBelowHalf. */
  readonly correctBelowHalf: number;
}

/**
 * The candidates that have a label, with what each judge said of them; repeated verdicts count once.
 *
 * @throws {CodejuryError} as readTruth and readVerdicts do; `usage` when no candidate has both, and for other tasks than validation's.
 */
export async function collectPanel(
  verdictFiles: readonly string[],
  labels: string,
  split: string | null,
): Promise<CollectedPanel> {
  const truth = await readTruth(labels, split);
  requireValidation('a combination fitted', split, truth);
  const groups = await groupsBeside(truth);
  const byCandidate = new Map<
    string,
    PanelCandidate & { readonly verdicts: Map<string, CollectedVerdict> }
  >();
  const { judges: collected } = await collectVerdicts(withoutRejected(readVerdicts(verdictFiles)), truth);
  for (const verdict of collected.values().flatMap(({ tested }) => tested())) {
    const { judge, taskId, candidateId } = verdict;
    const key = candidateKey(taskId, candidateId);
    const candidate = byCandidate.get(key) ?? {
      taskId,
      group: groups.get(taskId) ?? taskId,
      truth: verdict.truth,
      verdicts: new Map(),
    };
    byCandidate.set(key, candidate);
    candidate.verdicts.set(judge, verdict);
  }
  if (byCandidate.size === 0) {
    throw new CodejuryError('usage', `${verdictFiles.join(', ')}: no verdict on a candidate with a label`, {
      hint: `labels and verdicts must be about the same candidates; labels are from ${truth.file}`,
    });
  }
  const inOrder = [...byCandidate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, candidate]) => candidate);
  const count = (field: 'withoutLabel' | 'byNumber' | 'correctBelowHalf') =>
    collected.values().reduce((sum, of) => sum + of[field], 0);
  return {
    candidates: inOrder,
    judges: new Map([...collected].map(([judge, { identity }]) => [judge, identity])),
    withoutLabel: count('withoutLabel'),
    byNumber: count('byNumber'),
    correctBelowHalf: count('correctBelowHalf'),
  };
}

async function* withoutRejected(lines: AsyncIterable<VerdictLine>): AsyncGenerator<VerdictLine> {
  for await (const line of lines) if (line.rejected === null) yield line;
}

/** By task, where the labels are of a dataset: its tasks are in a file beside. */
async function groupsBeside({
  file,
  splits,
}: Pick<Truth, 'file' | 'splits'>): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(file);
  const isDataset = splits.size > 0 && (await stat(join(folder, 'tasks.jsonl')).catch(() => null)) !== null;
  const lines = isDataset ? await Array.fromAsync(readDatasetTasks(folder)) : [];
  return firstOfProblem(lines.map(({ task }) => task));
}
