import type { JudgeResult } from '../../contracts/judge-result.ts';
import { judgeNames, renderVerdict } from './candidate-table.ts';
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
  for (const judge of result.judges) {
    if (judge.constant) {
      lines.push(
        `warning: ${judge.name} gives the same label to nearly every candidate; its verdicts say little`,
      );
    }
    if (judge.invalid > 0) {
      lines.push(
        `warning: ${judge.name} gave ${judge.invalid} invalid answers (its label mass was below 0.5)`,
      );
    }
  }
  return [...lines, ...result.notices.map((notice) => `note: ${notice}`)].join('\n');
}
