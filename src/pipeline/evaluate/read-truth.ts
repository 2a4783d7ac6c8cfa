import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { outcomeSchema } from '../../contracts/execution.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { numberCandidates } from './numbered-candidates.ts';

/** A candidate as a verdict names it. */
export interface NamedCandidate {
  readonly taskId: string;
  readonly candidateId: string;
  /** Of its sample as it stands, as `execute` names what it runs; null where nothing is known of it. */
  readonly sampleId: string | null;
  /** The number of its sample in the file that was judged; null where nothing is known of it. */
  readonly index: number | null;
  /** File and line that name it. */
  readonly place: string;
}

/** What is known of a candidate. */
export interface KnownCandidate {
  /** 1 = passes all tests. */
  readonly label: 0 | 1;
  /** The number of the candidate that was tested. */
  readonly tested: number;
  /** Nothing but the number of its sample says that it is the one that was judged. */
  readonly byNumber: boolean;
}

/** What the tests said of candidates. */
export interface Truth {
  /** Where it was read. */
  readonly file: string;
  /** Candidates with a label. */
  readonly size: number;
  /** The parts that its candidates are divided into, all of the file's; none where it is no dataset. */
  readonly splits: ReadonlySet<string>;
  /** Candidates that have none: not executed, the sandbox's fault, or labels that contradict each other. */
  readonly unlabelled: number;
  /**
   * Null = nothing is known of it. Looked up by its id, by that of its sample, then by the sample's number: a judge is shown the
   * function taken out of a completion, `execute` runs the completion as it stands, so their ids may differ.
   *
   * @throws {CodejuryError} `usage`, naming both lines, when the sample of that number is another one: another file was judged.
   */
  readonly of: (candidate: NamedCandidate) => KnownCandidate | null;
}

/** A line of what `execute` wrote, or of a dataset. Lenient about further fields. */
const lineSchema = z
  .looseObject({
    taskId: z.string(),
    candidateId: z.string(),
    code: z.string().optional(),
    label: z.literal([0, 1]).optional(),
    /** In verdicts alone. */
    judge: z.string().optional(),
    outcome: outcomeSchema.nullish(),
    rejected: z.looseObject({}).nullish(),
    split: z.string().optional(),
    samples: z.union([z.array(z.int()), z.int()]).optional(),
  })
  .refine(({ label, outcome }) => label !== undefined || outcome !== undefined, {
    message: 'expected "label", or "outcome" as `codejury execute` writes it',
  });

/**
 * The labels in a file that `execute --out` wrote, or in a dataset's folder. A candidate that was rejected before it could be run
 * counts as wrong.
 *
 * @param split the part of the dataset to read; null = all
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line: not such a file, no label in it, no such split.
 */
export async function readTruth(path: string, split: string | null): Promise<Truth> {
  const facts = await stat(path).catch(() => null);
  const file = facts?.isDirectory() ? join(path, 'candidates.jsonl') : path;
  const candidates = numberCandidates();
  const labels: (0 | 1 | null)[] = [];
  const samples = new Map<number, NumberedSample>();
  const splits = new Set<string>();
  for await (const { value, line } of readJsonRecords(file)) {
    const record = parseStrict(lineSchema, value, `${file}:${line}`);
    if (record.judge !== undefined) {
      throw new CodejuryError('usage', `${file}:${line}: a verdict of ${record.judge}, expected a label`, {
        hint: 'labels are what `codejury execute --out` or `codejury dataset build` wrote',
      });
    }
    if (record.split !== undefined) splits.add(record.split);
    if (split !== null && record.split !== split) continue;
    const label = labelOf(record);
    const { taskId, code } = record;
    const number = candidates.numberOf(taskId, record.candidateId);
    const isHashed = code !== undefined && candidateId(taskId, code) === record.candidateId;
    // A dataset only counts its samples.
    for (const index of typeof record.samples === 'object' ? record.samples : []) {
      const first = samples.get(index);
      // The first two that contradict each other stay, whatever comes later.
      if (first !== undefined && first.rival !== null) continue;
      const rival = first === undefined || first.number === number ? null : first.line;
      samples.set(index, { number, taskId, line, isHashed, rival });
    }
    const before = labels[number];
    labels[number] = before === undefined || before === label ? label : null;
  }
  if (split !== null && !splits.has(split)) {
    throw new CodejuryError('usage', `${file}: nothing of the split "${split}"`, {
      hint: splits.size === 0 ? 'only datasets are divided into splits' : `it has ${[...splits].join(', ')}`,
    });
  }
  const size = labels.filter((label) => label !== null).length;
  if (size === 0) {
    throw new CodejuryError('usage', `${file}: no candidate in it has a label`, {
      hint: 'expected what `codejury execute --out` wrote, or the folder of a dataset',
    });
  }
  return {
    file,
    size,
    splits,
    unlabelled: labels.length - size,
    of: (candidate) => {
      const { taskId, sampleId, index } = candidate;
      const byId =
        candidates.find(taskId, candidate.candidateId) ??
        (sampleId === null ? undefined : candidates.find(taskId, sampleId));
      const tested = byId ?? ofSample(candidate, samples.get(index ?? -1), file);
      const label = labels[tested ?? -1] ?? null;
      return label === null || tested === null ? null : { label, tested, byNumber: byId === undefined };
    },
  };
}

/** The candidate that a sample is. */
interface NumberedSample {
  readonly number: number;
  readonly taskId: string;
  readonly line: number;
  /** Its id is that of its code, and not one that somebody gave it. */
  readonly isHashed: boolean;
  /** A line that gives this number to another candidate; null = none. */
  readonly rival: number | null;
}

/** One sample that is another, and none is the one that it seems. */
function ofSample(
  { taskId, sampleId, index, place }: NamedCandidate,
  sample: NumberedSample | undefined,
  file: string,
): number | null {
  if (sample === undefined) return null;
  if (sample.rival !== null) {
    throw new CodejuryError(
      'usage',
      `${place}: sample ${index} may be that of ${file}:${sample.rival} or of line ${sample.line}`,
      { hint: 'labels of several files of samples in one: execute them together, or measure one at a time' },
    );
  }
  const isOfTask = sample.taskId === taskId;
  if (isOfTask && (sampleId === null || !sample.isHashed)) return sample.number;
  throw new CodejuryError(
    'usage',
    isOfTask
      ? `${place}: sample ${index} of ${taskId} is other code than in ${file}:${sample.line}`
      : `${place}: sample ${index} is one of ${taskId}, and one of ${sample.taskId} in ${file}:${sample.line}`,
    { hint: 'labels are those that `codejury execute` found for the file that was judged' },
  );
}

function labelOf({ label, outcome, rejected }: z.output<typeof lineSchema>): 0 | 1 | null {
  if (label !== undefined) return label;
  if (rejected) return 0;
  if (!outcome || outcome === 'sandbox-error') return null;
  return outcome === 'passed' ? 1 : 0;
}

/** For people, of verdicts or choices whose label was found by the number of the sample alone. */
export function byNumberNotice(count: number, what = 'verdicts'): string {
  return `labels of ${count} ${what} were found by the number of their sample alone: neither says what code it was; were the same samples ${what === 'verdicts' ? 'judged' : 'ranked'} and executed?`;
}

/** Tells candidates of all tasks apart. */
export function candidateKey(taskId: string, candidateId: string): string {
  return `${taskId}\n${candidateId}`;
}
