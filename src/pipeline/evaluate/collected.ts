import type { JudgeIdentity } from '../../contracts/judge-identity.ts';
import { CodejuryError } from '../../errors.ts';
import { createTestedTable, NO_LABEL, type TestedTable } from '../../evaluate/tested-table.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { evidenceOf } from '../../select/score-verdict.ts';
import { isCorrectBelowHalf } from './check-verdict.ts';
import type { NumberedCandidates } from './numbered-candidates.ts';
import type { KnownCandidate } from './read-truth.ts';
import type { VerdictLine } from './verdict-line.ts';

/** A verdict beside the truth: the numbers only, never code nor texts. */
export type CollectedVerdict = TestedVerdict &
  Pick<VerdictLine, 'judge' | 'candidateId' | 'labelMass' | 'rating'>;

/** What was read of the verdicts of one judge. */
export interface Collected {
  readonly verdicts: number;
  readonly withoutLabel: number;
  readonly repeated: number;
  readonly rejected: number;
  /** Candidates with a label that it was asked about. */
  readonly covered: number;
  /** Of those tested: nothing but the number of the sample says that they are the same. */
  readonly byNumber: number;
  /** See isCorrectBelowHalf; labels of the judge alone, a threshold may be anywhere. */
  readonly correctBelowHalf: number;
  /** Verdicts of which nothing but their order says which candidate they are about. */
  readonly byOrder: number;
  /** Verdicts whose line says otherwise than the labels whether the candidate passes. */
  readonly contradicted: number;
  /** What the judge is; null where its verdicts do not say. */
  readonly identity: JudgeIdentity | null;
  /** Each candidate once; of row `i` the number is `candidates[i]`, and the mass of its labels `masses[i]`, NaN = unknown. */
  readonly table: TestedTable;
  readonly candidates: readonly number[];
  readonly masses: readonly number[];
  /** The same as records. */
  readonly tested: () => Generator<CollectedVerdict>;
}

export interface Collector {
  /** @throws {CodejuryError} `usage`, naming both lines, for a second verdict on a candidate with other numbers. */
  readonly add: (line: VerdictLine, candidate: number, known: KnownCandidate | null) => void;
  readonly collected: () => Collected;
}

export function createCollector(judge: string, named: NumberedCandidates): Collector {
  const count = { verdicts: 0, withoutLabel: 0, repeated: 0, rejected: 0, byNumber: 0 };
  const noted = { correctBelowHalf: 0, byOrder: 0, contradicted: 0 };
  let identity: JudgeIdentity | null = null;
  const covered = createMarks();
  const rowOf = createMarks();
  const rows = createTestedTable();
  const [candidates, masses, ratings, lines]: [number[], number[], number[], number[]] = [[], [], [], []];
  const paths: string[] = [];

  /** A judge says one thing of a candidate: of two, it would depend on the order of the files which is measured. */
  function checkRepetition(line: VerdictLine, row: number): void {
    const table = rows.table();
    const before = [
      ...[table.label[row], table.probabilityCorrect[row], table.confidence[row], table.score[row]],
      ...[masses[row], ratings[row]],
    ];
    const now = [
      ...[line.label ?? NO_LABEL, line.probabilityCorrect, line.confidence, scoreOf(line)],
      ...[line.labelMass, line.rating],
    ].map((value) => value ?? Number.NaN);
    if (now.every((value, i) => Object.is(value, before[i]))) return;
    throw new CodejuryError(
      'usage',
      `${line.place}: another verdict of "${judge}" on the candidate ${line.candidateId} of ${line.taskId} than in ${paths[row]}:${lines[row]}`,
      { hint: 'leave out one of them, or give the judges names of their own' },
    );
  }

  return {
    add: (line, candidate, known) => {
      count.verdicts += 1;
      identity ??= line.identity;
      if (known === null) {
        count.withoutLabel += 1;
        return;
      }
      covered.set(known.tested, 1);
      if (line.rejected !== null) {
        count.rejected += 1;
        return;
      }
      const before = rowOf.get(candidate);
      if (before > 0) {
        checkRepetition(line, before - 1);
        count.repeated += 1;
        return;
      }
      if (known.byNumber) count.byNumber += 1;
      if (!line.byThreshold && isCorrectBelowHalf(line)) noted.correctBelowHalf += 1;
      if (line.named === 'order') noted.byOrder += 1;
      if (line.passed !== null && line.passed !== known.label) noted.contradicted += 1;
      const { taskId, label, probabilityCorrect, confidence } = line;
      rows.add({ taskId, truth: known.label, label, score: scoreOf(line), probabilityCorrect, confidence });
      rowOf.set(candidate, candidates.push(candidate));
      masses.push(line.labelMass ?? Number.NaN);
      ratings.push(line.rating ?? Number.NaN);
      lines.push(line.line);
      paths.push(line.path);
    },
    collected: () => {
      const table = rows.table();
      const known = (value: number | undefined) =>
        value === undefined || Number.isNaN(value) ? null : value;
      return {
        ...{ ...count, ...noted, identity, table, candidates, masses, covered: covered.size() },
        *tested() {
          for (let row = 0; row < table.rows; row++) {
            const candidate = candidates[row] as number;
            const label = table.label[row] as number;
            yield {
              judge,
              taskId: named.taskIds[candidate] as string,
              candidateId: named.candidateIds[candidate] as string,
              truth: table.truth[row] as 0 | 1,
              label: label === NO_LABEL ? null : (label as 0 | 1),
              score: known(table.score[row]),
              probabilityCorrect: known(table.probabilityCorrect[row]),
              confidence: known(table.confidence[row]),
              labelMass: known(masses[row]),
              rating: known(ratings[row]),
            };
          }
        },
      };
    },
  };
}

function scoreOf(line: VerdictLine): number | null {
  return line.label === null ? null : (line.probabilityCorrect ?? line.score ?? evidenceOf(line));
}

/** Marks of candidates by number, whole numbers above 0; 0 = none. An array of few among many would be slow. */
function createMarks() {
  let marks = new Int32Array(16);
  let size = 0;
  return {
    get: (number: number) => marks[number] ?? 0,
    set: (number: number, mark: number) => {
      if (number >= marks.length) {
        const larger = new Int32Array(2 * number);
        larger.set(marks);
        marks = larger;
      }
      if (marks[number] === 0) size += 1;
      marks[number] = mark;
    },
    size: () => size,
  };
}
