import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { drawnHow, intervalsHow, measuredOn } from './caption-parts.ts';
import { type WayOfChoosing, waysOfChoosing } from './ways-of-choosing.ts';

type PassRow = WayOfChoosing & { readonly generator: string };

/**
 * How often the chosen candidate passes, by number of candidates.
 *
 * @see arXiv 2602.11911, table 4
 */
export function passAt1Table(report: StudyReport): ReportTable {
  const sizes = report.config.candidates.toSorted((a, b) => a - b);
  return buildTable(
    {
      id: 'pass-at-1',
      title: 'pass@1 by number of candidates',
      caption:
        'Share of tasks whose chosen candidate passes, N samples a draw. Teams and rankers are measured: mean over tasks of the mean over ' +
        `${drawnHow(report)} Expectations and pass@n are exact, nothing is drawn for the choice; the oracle and expectations of a draw are over the same draws. A larger ` +
        `model answers once: the mean of all its samples, whatever N. ${measuredOn(report)} ${intervalsHow(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'chosen by', 'text', ({ name }) => name],
      ['kind', 'kind', 'text', ({ kind }) => kind],
      ...sizes.map(
        (n): Field<PassRow> => [`n_${n}`, `N = ${n}`, 'share', ({ passAt1 }) => passAt1.get(n) ?? null],
      ),
    ],
    report.generators.flatMap((generator) =>
      waysOfChoosing(report, generator).map((way): PassRow => ({ ...way, generator: generator.name })),
    ),
  );
}
