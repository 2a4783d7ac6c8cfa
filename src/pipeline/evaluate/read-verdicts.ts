import { z } from 'zod';
import { judgeIdentitySchema } from '../../contracts/judge-identity.ts';
import { verdictSchema } from '../../contracts/verdict.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { identityDifference } from '../judge-identity.ts';
import { checkVerdict } from './check-verdict.ts';
import { candidateKey } from './read-truth.ts';

/** What is measured of a verdict; lenient about further fields. */
const lineSchema = z.looseObject({
  taskId: z.string(),
  index: z.int().nonnegative().nullable().default(null),
  /** Of the sample as it stands; older files do not say. */
  sampleId: z.string().nullable().default(null),
  /** Older files do not say. */
  identity: judgeIdentitySchema.nullable().default(null),
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
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line: as checkVerdict; naming both lines for two judges of one name,
 * and for two verdicts of a judge on one candidate with other numbers. Equal ones are passed on.
 */
export async function* readVerdicts(paths: readonly string[]): AsyncGenerator<VerdictLine> {
  const judges = new Map<string, Pick<VerdictLine, 'identity' | 'place'>>();
  const given = new Map<string, Given>();
  for (const path of paths) {
    for await (const { value, line } of readJsonRecords(path)) {
      const place = `${path}:${line}`;
      const verdict = { ...parseStrict(lineSchema, value, place), place };
      checkVerdict(verdict, place);
      checkIdentity(verdict, judges);
      checkRepetition(verdict, given, { path, line });
      yield verdict;
    }
  }
}

/** A verdict that was read, in little memory: there may be a million. */
interface Given {
  readonly path: string;
  readonly line: number;
  readonly numbers: string;
}

/** A judge says one thing of a candidate: of two, it would depend on the order of the files which is measured. */
function checkRepetition(
  { judge, taskId, candidateId, rejected, ...verdict }: VerdictLine,
  given: Map<string, Given>,
  at: Pick<Given, 'path' | 'line'>,
): void {
  // Nothing was said of it.
  if (rejected !== null) return;
  const { label, probabilityCorrect, confidence, labelMass, rating, place } = verdict;
  const numbers = JSON.stringify([label, probabilityCorrect, confidence, labelMass, rating]);
  const key = `${judge}\n${candidateKey(taskId, candidateId)}`;
  const before = given.get(key);
  if (before === undefined) given.set(key, { ...at, numbers });
  else if (before.numbers !== numbers) {
    throw new CodejuryError(
      'usage',
      `${place}: another verdict of "${judge}" on the candidate ${candidateId} of ${taskId} than in ${before.path}:${before.line}`,
      { hint: 'leave out one of them, or give the judges names of their own' },
    );
  }
}

/** Names are what verdicts are collected by: two judges of one name would be measured as one. */
function checkIdentity(
  { judge, identity, place }: VerdictLine,
  judges: Map<string, Pick<VerdictLine, 'identity' | 'place'>>,
): void {
  if (identity === null) return;
  const first = judges.get(judge);
  const difference = identityDifference(first?.identity ?? null, identity);
  if (first !== undefined && difference !== null) {
    throw new CodejuryError(
      'usage',
      `${place}: its judge "${judge}" has ${difference} than that of ${first.place}`,
      {
        hint: 'give each judge a name of its own ("name" in its profile or team), or measure one at a time',
      },
    );
  }
  if (first === undefined) judges.set(judge, { identity, place });
}
