import type { JudgedCandidate, SolveResult } from '../../contracts/solve-result.ts';
import type { Verdict } from '../../contracts/verdict.ts';
import { renderNumber, renderTable } from './table.ts';

/** Longest reason shown in the table; the JSON document has all of it. In characters. */
const REASON_LENGTH = 60;

/** A table of all candidates, best first, rejected last: score, each judge's probability, votes, likelihood, reason. */
export function candidateTable(result: SolveResult): string {
  const judges = judgeNames(result.candidates);
  const rows = [...result.candidates]
    .sort(byScore)
    .map((candidate) => [
      candidate.id === result.selected?.candidateId ? '*' : '',
      candidate.id.slice(0, 8),
      renderNumber(candidate.score),
      ...judges.map((judge) => renderVerdict(candidate.verdicts, judge)),
      String(candidate.samples.length),
      renderNumber(candidate.meanLogProbability),
      candidate.rejected === null
        ? ''
        : shorten(`${candidate.rejected.reason}: ${candidate.rejected.detail}`),
    ]);
  return renderTable(['', 'candidate', 'score', ...judges, 'votes', 'log-lik.', 'rejected because'], rows);
}

/** The names of all judges that gave a verdict, in the order of the team. */
export function judgeNames(candidates: readonly { readonly verdicts: readonly Verdict[] }[]): string[] {
  return [...new Set(candidates.flatMap(({ verdicts }) => verdicts.map((verdict) => verdict.judge)))];
}

/** A judge's probability that the candidate is correct; `invalid` for an answer that was none. */
export function renderVerdict(verdicts: readonly Verdict[], judge: string): string {
  const verdict = verdicts.find((entry) => entry.judge === judge);
  if (verdict === undefined) {
    return '';
  }
  return verdict.label === null ? 'invalid' : renderNumber(verdict.probabilityCorrect);
}

function byScore(a: JudgedCandidate, b: JudgedCandidate): number {
  const rejected = Number(a.rejected !== null) - Number(b.rejected !== null);
  return rejected || (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) || 0;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > REASON_LENGTH ? `${line.slice(0, REASON_LENGTH - 1)}…` : line;
}
