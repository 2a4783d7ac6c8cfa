import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluateResult } from '../../src/contracts/judge-evaluation.ts';
import { type RunEvaluateOptions, runEvaluate } from '../../src/pipeline/evaluate/run-evaluate.ts';

/** What the judge "careful" says of the candidates below. */
export const CAREFUL = { truePositives: 7, falsePositives: 4, falseNegatives: 0, trueNegatives: 8 };

/** Four tasks of five candidates, the first two of each correct. */
export const candidates = Array.from({ length: 20 }, (_, i) => ({
  taskId: `task ${Math.floor(i / 5)}`,
  candidateId: `candidate ${i}`,
  correct: i % 5 < 2,
}));

/** Right but for the last candidate of each task, of which it is less sure; one answer is invalid. */
export const careful = candidates.map(({ taskId, candidateId, correct }, index) => {
  const probabilityCorrect = index % 5 === 4 ? 0.6 : correct ? 0.95 : 0.1;
  const label = index === 0 ? null : probabilityCorrect > 0.5 ? 1 : 0;
  const confidence = Math.max(probabilityCorrect, 1 - probabilityCorrect);
  return {
    index,
    taskId,
    candidateId,
    judge: 'careful',
    label,
    confidence,
    probabilityCorrect,
    labelMass: 0.9,
  };
});

export interface JudgedCandidates {
  readonly folder: string;
  /** The file with the verdicts of "careful" and "rubric". */
  readonly verdicts: string;
  /** Writes records as JSON lines into the folder. */
  readonly file: (name: string, records: readonly object[]) => string;
  /** Runs evaluate on these verdicts with what execute wrote as labels, unless the options say otherwise. */
  readonly evaluate: (options?: Partial<RunEvaluateOptions>) => Promise<EvaluateResult>;
  readonly remove: () => void;
}

/** A folder with the candidates as execute writes them and verdicts of two judges; call `remove` afterwards. */
export function writeJudgedCandidates(): JudgedCandidates {
  const folder = mkdtempSync(join(tmpdir(), 'codejury-evaluate-'));

  function file(name: string, records: readonly object[]): string {
    const path = join(folder, name);
    writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return path;
  }

  const executed = file('results.jsonl', [
    ...candidates.map(({ taskId, candidateId, correct }, i) => ({
      ...{ taskId, candidateId, samples: [i], generator: null, code: 'code', rejected: null },
      ...{
        outcome: correct ? 'passed' : i % 5 === 2 ? 'timeout' : 'failed',
        feedback: null,
        durationMs: 1,
        attempts: 1,
      },
    })),
    { taskId: 'task 0', candidateId: 'faulty', outcome: 'sandbox-error', rejected: null },
    { taskId: 'task 0', candidateId: 'empty', outcome: null, rejected: { reason: 'empty', detail: null } },
  ]);
  const verdicts = file('verdicts.jsonl', [
    ...careful,
    { ...careful[1], index: 20 },
    { ...careful[1], candidateId: 'unheard of', index: 99 },
    ...careful.map((verdict) => ({
      ...{
        ...verdict,
        judge: 'rubric',
        label: verdict.index % 5 < 2 ? 1 : 0,
        rating: verdict.index % 5 < 2 ? 1 : 0.25,
      },
      ...{ confidence: null, probabilityCorrect: null, labelMass: null },
    })),
  ]);

  function evaluate(options: Partial<RunEvaluateOptions> = {}): Promise<EvaluateResult> {
    return runEvaluate({
      ...{ verdicts: [verdicts], labels: executed, split: null, profiles: [], calibrate: false },
      ...{ resamples: 200, seed: 1, signal: new AbortController().signal, ...options },
    });
  }

  return {
    ...{ folder, verdicts, file, evaluate },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
