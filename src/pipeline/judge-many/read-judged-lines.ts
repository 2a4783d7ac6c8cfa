import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { GivenSample } from '../../contracts/given-sample.ts';
import { throwIfAborted } from '../../errors.ts';
import type { JudgementTable } from '../../store/judgement-table.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { sampleCandidates } from '../sample-candidates.ts';
import { sampleId } from '../sample-id.ts';

export interface ReadJudgedLinesOptions {
  readonly candidates: string;
  readonly tasks: TaskIndex;
  readonly languages: readonly CustomLanguage[];
  readonly signal: AbortSignal;
  readonly onProgress: (lines: number) => void;
}

const REPORT_EVERY = 200;

/**
 * Reads candidates into the table, cleaned as judges are shown them: an input line each. A line of `execute`, which stands for
 * several samples, is one.
 *
 * @returns how many lines hold nothing to judge
 * @throws {CodejuryError} as readSamples and sampleCandidates do; `aborted`.
 */
export async function readJudgedLines(
  { candidates, tasks, languages, signal, onProgress }: ReadJudgedLinesOptions,
  table: JudgementTable,
): Promise<number> {
  const orderOf = new Map(tasks.tasks.map(({ id }, index) => [id, index]));
  const samples = withoutRepetitions(readSamples(candidates, tasks));
  let rejectedLines = 0;
  for await (const made of sampleCandidates(samples, tasks, { clean: 'always', languages })) {
    const { sample, task, code, rejected } = made;
    table.add({
      index: sample.index,
      taskId: task.id,
      taskOrder: orderOf.get(task.id) ?? 0,
      candidateId: candidateId(task.id, code),
      sampleId: sampleId(made),
      code,
      rejected: rejected?.reason ?? null,
    });
    if (rejected !== null) rejectedLines += 1;
    if (table.lines % REPORT_EVERY === 0) {
      throwIfAborted(signal);
      onProgress(table.lines);
    }
  }
  return rejectedLines;
}

/** Samples of one record that are the same candidate are one line: what `execute` wrote. */
async function* withoutRepetitions(samples: AsyncIterable<GivenSample>): AsyncGenerator<GivenSample> {
  let before: GivenSample | null = null;
  for await (const sample of samples) {
    if (before?.place === sample.place && before.text === sample.text) continue;
    before = sample;
    yield sample;
  }
}
