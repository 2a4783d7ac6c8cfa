import type { JudgeMethod } from './judge-method.ts';
import type { Task } from './task.ts';
import type { Verdict } from './verdict.ts';

/** One given candidate with the judges' answers. */
export interface JudgedFile {
  /** The file it was read from, or `FILE:LINE` of a JSON-lines file. */
  readonly source: string;
  readonly candidateId: string;
  readonly code: string;
  /** Combined score; null without a valid verdict. */
  readonly score: number | null;
  /** Position by score, from 1; equal scores keep the order given. */
  readonly rank: number;
  /** Those of the only judge; null with several judges, whose answers are in `verdicts`. */
  readonly probabilityCorrect: number | null;
  readonly confidence: number | null;
  readonly labelMass: number | null;
  readonly verdicts: readonly Verdict[];
}

/** How often a judge answered the question, and whether its answers say anything. */
export interface JudgeRecord {
  readonly name: string;
  readonly method: JudgeMethod;
  /** Hash of its prompt template, to tell results of different versions apart. */
  readonly template: string;
  readonly valid: number;
  readonly invalid: number;
  /** One label nearly always; null with too few verdicts to tell. */
  readonly constant: boolean | null;
}

/** The document `codejury judge --json` prints. */
export interface JudgeResult {
  readonly task: Task;
  readonly judges: readonly (JudgeRecord & {
    readonly engine: string;
    readonly model: string;
    readonly digest: string | null;
  })[];
  readonly candidates: readonly JudgedFile[];
  readonly notices: readonly string[];
}
