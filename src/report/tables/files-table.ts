import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** The files that the numbers were computed from. */
export function filesTable({ made }: StudyReport): ReportTable {
  return buildTable(
    { id: 'files', title: 'Files', caption: "What the numbers were computed from, in the study's folder." },
    [
      ['file', 'file', 'text', ([file]) => file],
      ['sha256', 'sha256', 'text', ([, sha256]) => sha256],
    ],
    Object.entries(made.files),
  );
}
