import { z } from 'zod';
import { judgeIdentitySchema } from './judge-identity.ts';
import type { JudgeRecord } from './judge-result.ts';
import { verdictSchema } from './verdict.ts';

/** One line of what `codejury judge --tasks` writes: a judge's answer to one input line. */
export const judgedLineSchema = z.strictObject({
  /** The number of the sample in the input, from 0; where a line stands for several, that of the first. */
  index: z.int().nonnegative(),
  taskId: z.string(),
  ...verdictSchema.pick({
    candidateId: true,
    judge: true,
    label: true,
    confidence: true,
    probabilityCorrect: true,
    labelMass: true,
    rating: true,
  }).shape,
  /** Of the sample as it stands, which is what `execute` runs and names by it: tells whether labels are about the same sample. */
  sampleId: z.string(),
  /** What the judge is, whatever its name. */
  identity: judgeIdentitySchema,
  /** Why the judge was not asked: no function was found in the sample. Its verdict is then invalid. */
  rejected: z.string().nullable(),
});
export type JudgedLine = Readonly<z.infer<typeof judgedLineSchema>>;

/** The document `codejury judge --tasks --json` prints. */
export interface JudgeManyResult {
  readonly out: string;
  /** Of the input. */
  readonly lines: number;
  /** Distinct ones, those that no judge was asked about not among them. */
  readonly candidates: number;
  readonly tasks: number;
  /** Input lines without anything to judge. */
  readonly rejectedLines: number;
  readonly judges: readonly (JudgeRecord & {
    readonly engine: string;
    readonly model: string;
    readonly digest: string | null;
    /** Verdicts by which it says correct. */
    readonly correct: number;
    /** Mean over its answers, as recorded with each when it was given, by this run or an earlier one; null = it gave none. */
    readonly secondsPerAnswer: number | null;
  })[];
  /** Verdicts that were on record from earlier runs. */
  readonly reused: number;
  readonly notices: readonly string[];
  readonly durationMs: number;
}
