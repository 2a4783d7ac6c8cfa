import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { drawnHow } from './caption-parts.ts';
import { type WayOfChoosing, waysOfChoosing } from './ways-of-choosing.ts';

type ChoiceRow = WayOfChoosing & { readonly generator: string };

/** What each way of choosing looks at, and how often that does not decide. */
export function choicesTable(report: StudyReport): ReportTable {
  const sizes = report.config.candidates.toSorted((a, b) => a - b);
  return buildTable(
    {
      id: 'choices',
      title: 'How candidates are chosen',
      caption: `Tied: measured share of draws in which several candidates had the best score, so that something else decided. ${drawnHow(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'chosen by', 'text', ({ name }) => name],
      ['kind', 'kind', 'text', ({ kind }) => kind],
      ...sizes.map(
        (size): Field<ChoiceRow> => [
          `tied_${size}`,
          `tied, N = ${size}`,
          'share',
          ({ rows }) => rows.find(({ n }) => n === size)?.tied ?? null,
        ],
      ),
      ['how', 'looks at', 'text', ({ rows }) => rows[0]?.how ?? null],
    ],
    report.generators.flatMap((generator) =>
      waysOfChoosing(report, generator)
        .filter(({ rows }) => rows.length > 0)
        .map((way): ChoiceRow => ({ ...way, generator: generator.name })),
    ),
  );
}
