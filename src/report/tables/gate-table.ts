import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { drawnHow, intervalsHow } from './caption-parts.ts';

/** What it changes to leave out candidates that do not compile before judges are asked about them. */
export function gateTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'gate',
      title: 'Compiling first',
      caption:
        'pass@1 without and with a gate that takes out candidates that do not compile before they are judged; removed are judgements saved. Teams are measured, ' +
        `random choice among distinct candidates is its exact expectation in each draw. ${drawnHow(report)} ${intervalsHow(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'chosen by', 'text', ({ choice }) => choice.name],
      ['n', 'samples a draw', 'count', ({ gate }) => gate.n],
      ['candidates', 'candidates', 'count', ({ gate }) => gate.candidates],
      ['removed', 'removed', 'count', ({ gate }) => gate.removed],
      [
        'removed_share',
        'share removed',
        'share',
        ({ gate }) => (gate.candidates === 0 ? null : gate.removed / gate.candidates),
      ],
      ['without', 'pass@1 without', 'share', ({ choice }) => choice.without],
      ['with', 'pass@1 with', 'share', ({ choice }) => choice.with],
      ['difference', 'difference', 'share', ({ choice }) => gained(choice.without.value, choice.with.value)],
    ],
    report.generators.flatMap(({ name: generator, evaluation: { gate } }) =>
      gate.choices.map((choice) => ({ generator, gate, choice })),
    ),
  );
}

function gained(without: number | null, gated: number | null): number | null {
  return without === null || gated === null ? null : gated - without;
}
