import { diagnoseJudge } from '../../judge/diagnose-judge.ts';
import { openPanel } from '../judge-panel.ts';
import { openCombiner } from '../open-combiner.ts';
import { openJudges } from '../open-team.ts';
import type { TeamSource } from '../read-team.ts';
import type { CandidateScores } from './score-ranker.ts';
import { rememberScores, type ScoreSources } from './score-sources.ts';

/**
 * The combined score of a team's judges, each asked about a candidate once.
 *
 * @throws {CodejuryError} as openJudges does.
 */
export async function openJudgeScores(source: TeamSource, sources: ScoreSources): Promise<CandidateScores> {
  const { cache, ledger, signal, opener } = sources;
  const judges = await openJudges(source, opener);
  const names = judges.map(({ name }) => name);
  const panel = openPanel({
    judges,
    combine: await openCombiner(source, judges),
    cache,
    ledger,
    signal,
    tooLong: 'invalid',
  });
  const labels = judges.map((): { label: 0 | 1 | null }[] => []);
  const score = rememberScores(async (task, candidate) => {
    const answer = await panel(task, candidate);
    for (const [index, { label }] of answer.verdicts.entries()) labels[index]?.push({ label });
    return answer.score;
  });
  const rule = names.length === 1 ? '' : `, ${source.config.combine}`;
  return {
    score,
    how: `probability by ${names.join(' + ')}${rule}`,
    notices: () =>
      labels.flatMap((given, index) => {
        const { valid, invalid, constant } = diagnoseJudge(given);
        const name = names[index];
        return [
          ...(constant ? [`${name} gives the same label to nearly every candidate`] : []),
          ...(invalid === 0 ? [] : [`${name} gave ${invalid} invalid answers of ${valid + invalid}`]),
        ];
      }),
  };
}
