import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { readRecords } from '../../io/read-records.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { Pools } from './read-pools.ts';

const sampleNumber = z.int().nonnegative().nullish();

const lineSchema = z.looseObject({
  taskId: z.string().nullish(),
  candidateId: z.string().nullish(),
  /** Number of a sample in its file, from 0: `index` in verdicts. */
  sample: sampleNumber,
  index: sampleNumber,
  score: z.number().nullable(),
});

/** What Python writes where JSON has no number, and what is then read as null. */
const NO_NUMBER = /"score"\s*:\s*(-?(?:NaN|Infinity))/;

/** Of all messages about scores that are for something else. */
const OTHER_FILE = 'are these the scores of another file of samples?';

/** Of messages about what is not there. */
const EXAMPLE = 'one JSON object a line: {"taskId": …, "sample": 17, "score": 0.8}';

/** What scores may be for. */
export interface ScoredSamples {
  readonly samples: Pools['samples'];
  readonly tasks: TaskIndex;
  /** Only some of the tasks are ranked: scores of the others are not looked at. */
  readonly isPartial: boolean;
}

interface GivenScore {
  readonly score: number | null;
  readonly place: string;
}

/**
 * Scores of a JSON-lines file by the numbers of the samples: `score` of the sample number `sample` or `index` (from 0; two names of
 * the same), or of all samples that are the candidate `candidateId`, as verdicts and selections name it, before equal ones are
 * merged; null = none. A `taskId`, and a number beside an id, are compared.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line: what is no number, a candidate or sample that is not among
 * those that are ranked, and lines that contradict each other.
 */
export async function readScores(path: string, known: ScoredSamples): Promise<ReadonlyMap<number, number>> {
  const { samples, isPartial } = known;
  const numbersOf = samplesById(samples);
  const scores = new Map<number, GivenScore>();
  for await (const { value, text, line } of readRecords(path)) {
    const place = `${path}:${line}`;
    const received = value.score === null ? NO_NUMBER.exec(text)?.[1] : undefined;
    if (received !== undefined) {
      throw new CodejuryError('usage', `${place}: score: expected a number or null, received ${received}`, {
        hint: 'write null where a sample has no score',
      });
    }
    const { candidateId, sample, index, taskId, score } = parseStrict(lineSchema, value, place);
    if (sample != null && index != null && sample !== index) {
      throw new CodejuryError('usage', `${place}: "sample" is ${sample} and "index" ${index}: which is it?`, {
        hint: 'they are two names of one number: leave one of them out',
      });
    }
    const number = sample ?? index ?? null;
    if (candidateId == null && number === null) {
      throw new CodejuryError(
        'usage',
        `${place}: expected "sample", "index" or "candidateId" beside "score"`,
        { hint: EXAMPLE },
      );
    }
    if (number !== null && !samples.has(number) && !isPartial) throw noSuchSample(number, samples, place);
    const named = candidateId == null ? [] : (numbersOf.get(candidateId) ?? []);
    if (candidateId != null && named.length === 0 && !isPartial) {
      throw new CodejuryError('usage', `${place}: there is no candidate ${candidateId} among the samples`, {
        hint: OTHER_FILE,
      });
    }
    if (number !== null && named.length > 0 && !named.includes(number)) {
      throw new CodejuryError('usage', `${place}: sample ${number} is not the candidate ${candidateId}`, {
        hint: OTHER_FILE,
      });
    }
    for (const scored of candidateId == null ? [number ?? -1] : named) {
      const identity = samples.get(scored);
      if (identity === undefined) continue;
      checkTask(taskId ?? null, identity.taskId, known.tasks, place);
      add(scores, scored, { score, place });
    }
  }
  const found = [...scores].flatMap(([number, { score }]) =>
    score === null ? [] : [[number, score] as const],
  );
  if (found.length === 0) {
    throw new CodejuryError('usage', `${path} holds no score of what is ranked`, {
      hint: EXAMPLE,
    });
  }
  return new Map(found);
}

function samplesById(samples: Pools['samples']): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>();
  for (const [number, { sampleId, candidateId }] of samples) {
    for (const id of new Set([sampleId, candidateId])) {
      const found = numbers.get(id) ?? [];
      found.push(number);
      numbers.set(id, found);
    }
  }
  return numbers;
}

function noSuchSample(number: number, samples: Pools['samples'], place: string): CodejuryError {
  const last = samples.keys().reduce((largest, other) => Math.max(largest, other), 0);
  return new CodejuryError('usage', `${place}: there is no sample ${number}, the last is ${last}`, {
    hint: 'samples are numbered in the order of their file, from 0',
  });
}

function checkTask(named: string | null, taskId: string, tasks: TaskIndex, place: string): void {
  if (named === null || tasks.resolve(named, null, place).id === taskId) return;
  throw new CodejuryError('usage', `${place}: this is a sample of ${taskId}, not of ${named}`, {
    hint: OTHER_FILE,
  });
}

function add(scores: Map<number, GivenScore>, number: number, given: GivenScore): void {
  const before = scores.get(number);
  if (before !== undefined && before.score !== given.score) {
    throw new CodejuryError(
      'usage',
      `${given.place}: the score ${given.score} of sample ${number}, which is ${before.score} in ${before.place}`,
      { hint: 'leave out one of these lines' },
    );
  }
  if (before === undefined) scores.set(number, given);
}
