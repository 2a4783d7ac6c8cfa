import { type JudgeSetting, judgeSettingSchema } from '../../contracts/study-config.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { intervalsHow, measuredOn } from './caption-parts.ts';
import { type JudgedRow, judgedRows } from './judged-rows.ts';

interface KappaRow {
  readonly generator: string;
  readonly model: string;
  readonly bySetting: ReadonlyMap<JudgeSetting, JudgedRow>;
}

/**
 * Kappa of each model by how it was made a judge. A model with several judges of one setting has several rows.
 *
 * @see arXiv 2602.11911, table 2
 */
export function kappaTable(report: StudyReport): ReportTable {
  const rows = kappaRows(judgedRows(report));
  const settings = judgeSettingSchema.options.filter((setting) =>
    rows.some(({ bySetting }) => bySetting.has(setting)),
  );
  return buildTable(
    {
      id: 'kappa-by-setting',
      title: 'Kappa by setting',
      caption: `Cohen's kappa of judges and tests, measured over valid verdicts; 0 is agreement by chance. ${measuredOn(report)} ${intervalsHow(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['model', 'model', 'text', ({ model }) => model],
      [
        'judges',
        'judges',
        'text',
        ({ bySetting }) =>
          settings.flatMap((setting) => bySetting.get(setting)?.judge.judge ?? []).join(', '),
      ],
      ...settings.map(
        (setting): Field<KappaRow> => [
          setting.replace('-', '_'),
          setting,
          'number',
          ({ bySetting }) => bySetting.get(setting)?.judge.metrics.kappa ?? null,
        ],
      ),
    ],
    rows,
  );
}

function kappaRows(judged: readonly JudgedRow[]): KappaRow[] {
  const rows: (KappaRow & { readonly bySetting: Map<JudgeSetting, JudgedRow> })[] = [];
  for (const entry of judged) {
    if (entry.facts === null) continue;
    const { model, setting } = entry.facts;
    let row = rows.find(
      (other) =>
        other.generator === entry.generator && other.model === model && !other.bySetting.has(setting),
    );
    if (row === undefined) {
      row = { generator: entry.generator, model, bySetting: new Map() };
      rows.push(row);
    }
    row.bySetting.set(setting, entry);
  }
  return rows;
}
