import type { MeasuredSeconds, StudyReport, StudyTimes } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

interface AnswerTime {
  readonly generator: string | null;
  readonly name: string;
  readonly n: number;
  /** null = some of it was not measured. */
  readonly seconds: number | null;
}

/** How long answers took here, without rows where nothing was measured. Two runs of a study differ in it. */
export function answerTimesTable(
  { config, teams }: Pick<StudyReport, 'config' | 'teams'>,
  { measured }: Pick<StudyTimes, 'measured'>,
): ReportTable {
  const sizes = config.candidates.toSorted((a, b) => a - b);
  const { recommendationsPerWeek, writingHoursPerWeek } = config.costs.demand;
  const perSecond = recommendationsPerWeek / (writingHoursPerWeek * 3600);
  const rows = measured.flatMap((entry): AnswerTime[] => {
    const { writer, kind, perSample } = entry;
    if (kind === 'large') return [{ generator: null, name: writer, n: 1, seconds: perSample }];
    return [
      { generator: writer, name: 'single candidate', n: 1, seconds: perSample },
      ...teams.flatMap(({ name, judges }) =>
        sizes.map((n) => ({ generator: writer, name, n, seconds: teamSeconds(entry, judges, n) })),
      ),
    ];
  });
  return buildTable(
    {
      id: 'answer-times',
      title: 'Time for an answer',
      caption:
        'Measured by the clock on the machine of the study: seconds a sample and the seconds of each judge of the team an answer, for as many samples and judgements as there may be, one after another: at most. ' +
        'Judges of different models are asked beside each other, which makes each slower. Loading a model and running tests do not count; samples that were on record do not either, judgements as they were recorded. ' +
        '- where something was not measured. Developers who are served at that speed as the costs say. Not the same in another run.',
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'answer', 'text', ({ name }) => name],
      ['n', 'samples', 'count', ({ n }) => n],
      ['seconds', 'time', 'seconds', ({ seconds }) => seconds],
      [
        'developers',
        'developers',
        'number',
        ({ seconds }) => (seconds === null || seconds === 0 ? null : 1 / (seconds * perSecond)),
      ],
    ],
    rows.some(({ seconds }) => seconds !== null) ? rows : [],
  );
}

function teamSeconds(
  { perSample, judgements }: MeasuredSeconds,
  judges: readonly string[],
  n: number,
): number | null {
  let aSample = perSample;
  for (const name of judges) {
    const seconds = judgements.find(({ judge }) => judge === name)?.seconds ?? null;
    aSample = aSample === null || seconds === null ? null : aSample + seconds;
  }
  return aSample === null ? null : n * aSample;
}
