import { z } from 'zod';
import { verdictSchema } from '../../contracts/verdict.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';

/** What is measured of a verdict; lenient about further fields. */
const lineSchema = z.looseObject({
  taskId: z.string(),
  index: z.int().nonnegative().nullable().default(null),
  /** Of the sample as it stands; older files do not say. */
  sampleId: z.string().nullable().default(null),
  /** Why the judge was not asked: nothing to judge was found in the sample. */
  rejected: z.string().nullable().default(null),
  ...verdictSchema.pick({
    candidateId: true,
    judge: true,
    label: true,
    probabilityCorrect: true,
    rating: true,
  }).shape,
  confidence: verdictSchema.shape.confidence.default(null),
  labelMass: verdictSchema.shape.labelMass.default(null),
});
/** A verdict, and the file and line it is from. */
export type VerdictLine = Readonly<z.output<typeof lineSchema>> & { readonly place: string };

/**
 * The verdicts in files that `judge --out` wrote, one after the other.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line.
 */
export async function* readVerdicts(paths: readonly string[]): AsyncGenerator<VerdictLine> {
  for (const path of paths) {
    for await (const { value, line } of readJsonRecords(path)) {
      const place = `${path}:${line}`;
      yield { ...parseStrict(lineSchema, value, place), place };
    }
  }
}
