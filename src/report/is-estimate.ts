import type { Estimate } from '../contracts/judge-evaluation.ts';
import type { ReportCell } from './report-table.ts';

export function isEstimate(cell: ReportCell): cell is Estimate {
  return typeof cell === 'object' && cell !== null;
}
