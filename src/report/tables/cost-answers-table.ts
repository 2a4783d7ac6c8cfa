import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/**
 * What an answer takes and whom it serves, where the config gives seconds or prices.
 *
 * @see arXiv 2602.11911, table 5 and the discussion of capacity
 */
export function costAnswersTable({ config, costs }: StudyReport): ReportTable {
  const { recommendationsPerWeek, writingHoursPerWeek } = config.costs.demand;
  return buildTable(
    {
      id: 'cost-answers',
      title: 'Seconds, developers and dollars for an answer',
      caption:
        `Seconds are those that the config gives (costs.seconds); what was measured here stands among the times. A developer asks ${recommendationsPerWeek} times in ${writingHoursPerWeek} hours a week; ` +
        'developers are those whose answers come as fast as they are asked for, one after another. Dollars of servers are an upper limit: three characters a token, every answer as long as it may be.',
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'answer', 'text', ({ name }) => name],
      ['n', 'samples', 'count', ({ n }) => n],
      ['pass_at_1', 'pass@1', 'share', ({ passAt1 }) => passAt1],
      ['seconds', 'time', 'seconds', ({ secondsPerAnswer }) => secondsPerAnswer],
      ['measured_on', 'on', 'text', ({ secondsMeasuredOn }) => secondsMeasuredOn],
      ['developers_per_gpu', 'developers per GPU', 'number', ({ developersPerGpu }) => developersPerGpu],
      [
        'dollars_per_developer',
        'hardware dollars per developer',
        'dollars',
        ({ dollarsPerDeveloper }) => dollarsPerDeveloper,
      ],
      [
        'server_dollars',
        'server dollars an answer, at most',
        'dollars',
        ({ apiDollarsPerAnswer }) => apiDollarsPerAnswer,
      ],
      ['notes', 'notes', 'text', ({ notes }) => notes.join('; ')],
    ],
    costs.rows.filter(
      ({ secondsPerAnswer, apiDollarsPerAnswer }) =>
        secondsPerAnswer !== null || apiDollarsPerAnswer !== null,
    ),
  );
}
