import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { sampleCandidates } from '../sample-candidates.ts';
import type { GivenCandidate } from './inspect-task.ts';

/** Candidates of one label that are kept of a task: enough to find one that passes and one that fails. */
const KEPT = 3;

/**
 * The first few distinct candidates of each task and label in a file of samples; whatever cannot be run is left out.
 *
 * @throws {CodejuryError} what reading the samples throws, naming file, line and field.
 */
export async function readGivenCandidates(
  samples: string,
  index: TaskIndex,
  languages: readonly CustomLanguage[],
): Promise<ReadonlyMap<string, readonly GivenCandidate[]>> {
  const byTask = new Map<string, GivenCandidate[]>();
  const found = sampleCandidates(readSamples(samples, index), index, { clean: 'chat', languages });
  for await (const { task, sample, code, rejected } of found) {
    const known = byTask.get(task.id) ?? [];
    const alike = known.filter(({ passed }) => passed === sample.passed);
    if (rejected === null && alike.length < KEPT && known.every((candidate) => candidate.code !== code)) {
      byTask.set(task.id, [...known, { code, passed: sample.passed }]);
    }
  }
  return byTask;
}
