import { throwIfAborted } from '../../errors.ts';
import { type Collected, type Collector, createCollector } from './collected.ts';
import { type NumberedCandidates, numberCandidates } from './numbered-candidates.ts';
import type { KnownCandidate } from './read-truth.ts';
import type { VerdictLine } from './verdict-line.ts';

/** Where labels of verdicts are from. */
export interface LabelSource {
  /**
   * @param number of the verdict's candidate among those of all verdicts
   * @throws {CodejuryError} `usage`, where no label can be told.
   */
  readonly of: (line: VerdictLine, number: number) => KnownCandidate | null;
}

/** The verdicts of several judges, and the candidates that they are about. */
export interface CollectedJudges {
  /** In the order in which judges come. */
  readonly judges: ReadonlyMap<string, Collected>;
  readonly candidates: NumberedCandidates;
}

/**
 * Verdicts by judge beside what the tests said.
 *
 * @throws {CodejuryError} as `readVerdicts` and `truth.of` do; `usage`, naming both lines, for two verdicts of a judge on one candidate
 * with other numbers; equal ones are counted. `aborted`.
 */
export async function collectVerdicts(
  lines: AsyncIterable<VerdictLine>,
  truth: LabelSource,
  signal?: AbortSignal,
): Promise<CollectedJudges> {
  const candidates = numberCandidates();
  const collectors = new Map<string, Collector>();
  for await (const line of lines) {
    throwIfAborted(signal);
    const collector = collectors.get(line.judge) ?? createCollector(line.judge, candidates);
    collectors.set(line.judge, collector);
    const number = candidates.numberOf(line.taskId, line.candidateId);
    collector.add(line, number, truth.of(line, number));
  }
  const judges = [...collectors].map(([judge, collector]) => [judge, collector.collected()] as const);
  return { judges: new Map(judges), candidates };
}
