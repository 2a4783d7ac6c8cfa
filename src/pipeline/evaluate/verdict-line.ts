import type { JudgeIdentity } from '../../contracts/judge-identity.ts';

/** A verdict as a file says it, and where. */
export interface VerdictLine {
  readonly taskId: string;
  /** Where the file gives none: `#1`, `#2`, … in the order in which the judge's verdicts on the task come. */
  readonly candidateId: string;
  /** How it is known which candidate is meant: by its id; without one by the record, which several judges share, or the order. */
  readonly named: 'id' | 'record' | 'order';
  readonly judge: string;
  /** Null = no valid answer. */
  readonly label: 0 | 1 | null;
  /** The file has no label: it was made of the probability or score. */
  readonly byThreshold: boolean;
  readonly probabilityCorrect: number | null;
  readonly confidence: number | null;
  /** Another number that candidates are ordered by, of any size; null = there is none. */
  readonly score: number | null;
  /** What the tests said, where the file of verdicts says it. */
  readonly passed: 0 | 1 | null;
  readonly labelMass: number | null;
  readonly rating: number | null;
  /** The number of its sample in the file that was judged. */
  readonly index: number | null;
  /** Of the sample as it stands; older files do not say. */
  readonly sampleId: string | null;
  /** Why the judge was not asked: nothing to judge was found in the sample. */
  readonly rejected: string | null;
  /** What the judge is; older files do not say. */
  readonly identity: JudgeIdentity | null;
  readonly path: string;
  readonly line: number;
  /** Both, for messages. */
  readonly place: string;
}
