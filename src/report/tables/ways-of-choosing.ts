import type { Estimate } from '../../contracts/judge-evaluation.ts';
import type { RankRow } from '../../contracts/rank-result.ts';
import type { StudyGeneratorReport, StudyReport } from '../../contracts/study-report.ts';

/** A way to get one answer out of N candidates, or out of a larger model. */
export interface WayOfChoosing {
  readonly name: string;
  /** E.g. `team of 2`, `ranker`, `expectation`, `larger model`, `ceiling`. */
  readonly kind: string;
  /** By N, the samples a draw. */
  readonly passAt1: ReadonlyMap<number, Estimate>;
  readonly rows: readonly RankRow[];
}

/**
 * The ways of choosing among a generator's candidates, in the order of the paper's table: teams by their number of judges, rankers, what chance and a
 * single candidate come to, larger models, and what no choice can exceed.
 *
 * @see arXiv 2602.11911, table 4
 */
export function waysOfChoosing(
  { teams, config }: Pick<StudyReport, 'teams' | 'config'>,
  { choices, evaluation }: StudyGeneratorReport,
): readonly WayOfChoosing[] {
  const ways = [...Map.groupBy(choices.rows, ({ name }) => name)].map(
    ([name, rows]): WayOfChoosing => ({
      name,
      kind: kindOf(name, rows[0]?.kind ?? 'ranker', teams),
      passAt1: new Map(rows.map(({ n, passAt1 }) => [n, passAt1])),
      rows,
    }),
  );
  const ofKind = (kind: string) => ways.filter((way) => way.kind === kind);
  return [
    ...teams.flatMap(({ name }) => ways.filter((way) => way.name === name)),
    ...ofKind('ranker'),
    // Measured as the single candidate first, which the paper shows last.
    ...ofKind('expectation').toReversed(),
    ...evaluation.large.map(
      ({ name, passAt1 }): WayOfChoosing => ({
        name,
        kind: 'larger model',
        passAt1: new Map(config.candidates.map((n) => [n, passAt1])),
        rows: [],
      }),
    ),
    ...ofKind('ceiling'),
  ];
}

function kindOf(name: string, kind: RankRow['kind'], teams: StudyReport['teams']): string {
  const team = teams.find((entry) => entry.name === name);
  if (team !== undefined) return `team of ${team.judges.length}`;
  return kind === 'exact' ? 'expectation' : kind;
}
