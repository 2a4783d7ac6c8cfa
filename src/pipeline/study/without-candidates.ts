import type { FinishedStudy } from './read-finished-study.ts';

/** A study as those may see it who may not see tasks and candidates: numbers, and names of tasks. */
export function withoutCandidates({ report, times }: FinishedStudy): FinishedStudy {
  const writers = report.writers.map((writer) => {
    const faults = writer.written.faults.map((fault) => {
      const { feedback } = fault.example;
      const silent = {
        ...feedback,
        kind: '',
        message: '',
        line: null,
        input: null,
        expected: null,
        actual: null,
      };
      return { ...fault, example: { ...fault.example, feedback: silent } };
    });
    return { ...writer, written: { ...writer.written, faults } };
  });
  return { report: { ...report, writers }, times, candidates: [] };
}
