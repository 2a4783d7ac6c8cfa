import type { StudyWriterFacts } from '../../contracts/study-report.ts';

/** Distinct candidates of a writer that could be run: without the samples in which none was found. */
export function runCandidates({ written }: StudyWriterFacts): number {
  return written.outcomes
    .filter(({ outcome }) => outcome !== null)
    .reduce((sum, { candidates }) => sum + candidates, 0);
}

/** Samples in which none was found. */
export function rejectedSamples({ written }: StudyWriterFacts): number {
  return written.outcomes.find(({ outcome }) => outcome === null)?.samples ?? 0;
}
