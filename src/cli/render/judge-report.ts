import type { JudgeResult } from '../../contracts/judge-result.ts';
import { judgeNames, renderVerdict } from './candidate-table.ts';
import { judgeWarnings } from './judge-warnings.ts';
import { renderNumber, renderTable } from './table.ts';

/** What `judge` shows to a person: the candidates, most likely right first, and what is wrong with a judge. */
export function judgeReport(result: JudgeResult): string {
  const judges = judgeNames(result.candidates);
  const rows = [...result.candidates]
    .sort((a, b) => a.rank - b.rank)
    .map((candidate) => [
      String(candidate.rank),
      candidate.source,
      renderNumber(candidate.score),
      ...judges.map((judge) => renderVerdict(candidate.verdicts, judge)),
      candidate.verdicts.map((verdict) => renderNumber(verdict.labelMass)).join(' '),
    ]);
  const lines = [renderTable(['', 'candidate', 'score', ...judges, 'label mass'], rows)];
  return [
    ...lines,
    ...judgeWarnings(result.judges),
    ...result.notices.map((notice) => `note: ${notice}`),
  ].join('\n');
}
