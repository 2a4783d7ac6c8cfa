import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { readRecords } from '../../io/read-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';

const lineSchema = z.looseObject({
  taskId: z.string().optional(),
  candidateId: z.string().optional(),
  /** Number of a sample in its file, from 0. */
  sample: z.int().nonnegative().optional(),
  score: z.number().nullable(),
});

/** Scores that somebody else computed. */
export interface GivenScores {
  readonly byCandidate: ReadonlyMap<string, number>;
  readonly bySample: ReadonlyMap<number, number>;
}

/**
 * Scores of a JSON-lines file: `score` of the candidate `candidateId` (as selections name it) or of the sample number `sample`
 * (from 0); null = none.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line.
 */
export async function readScores(path: string): Promise<GivenScores> {
  const byCandidate = new Map<string, number>();
  const bySample = new Map<number, number>();
  for await (const { value, line } of readRecords(path)) {
    const { candidateId, sample, score } = parseStrict(lineSchema, value, `${path}:${line}`);
    if (candidateId === undefined && sample === undefined) {
      throw new CodejuryError('usage', `${path}:${line}: expected "candidateId" or "sample" beside "score"`);
    }
    if (score === null) continue;
    if (candidateId !== undefined) byCandidate.set(candidateId, score);
    else if (sample !== undefined) bySample.set(sample, score);
  }
  if (byCandidate.size + bySample.size === 0) {
    throw new CodejuryError('usage', `${path} holds no score`, {
      hint: 'one JSON object a line: {"taskId": …, "sample": 17, "score": 0.8}',
    });
  }
  return { byCandidate, bySample };
}
