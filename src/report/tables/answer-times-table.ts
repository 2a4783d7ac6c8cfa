import type { StudyReport, StudyTimes } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** How long answers took here. Two runs of a study differ in it. */
export function answerTimesTable({ config, teams }: StudyReport, { measured }: StudyTimes): ReportTable {
  const sizes = config.candidates.toSorted((a, b) => a - b);
  const { recommendationsPerWeek, writingHoursPerWeek } = config.costs.demand;
  const perSecond = recommendationsPerWeek / (writingHoursPerWeek * 3600);
  const rows = measured.flatMap(({ generator, perSample, perJudgement }) => {
    if (perSample === null) return [];
    const ways = [{ name: 'single candidate', judges: [] as readonly string[] }, ...teams];
    return ways.flatMap(({ name, judges }) =>
      (judges.length === 0 ? [1] : sizes).flatMap((n) => {
        if (judges.length > 0 && perJudgement === null) return [];
        const seconds = n * (perSample + judges.length * (perJudgement ?? 0));
        return [{ generator, name, n, seconds, developers: 1 / (seconds * perSecond) }];
      }),
    );
  });
  return buildTable(
    {
      id: 'answer-times',
      title: 'Time for an answer',
      caption:
        'Measured by the clock on the machine of the study: seconds a sample and seconds a judgement (the mean over all judges of the study), for as many samples and judgements as there may be. What was on record is not ' +
        'counted, nor is loading a model, or running tests. Developers who are served at that speed as the costs say. Not the same in another run.',
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'answer', 'text', ({ name }) => name],
      ['n', 'samples', 'count', ({ n }) => n],
      ['seconds', 'time', 'seconds', ({ seconds }) => seconds],
      ['developers', 'developers', 'number', ({ developers }) => developers],
    ],
    rows,
  );
}
