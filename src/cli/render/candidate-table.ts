import type { JudgedCandidate, SolveResult } from '../../contracts/solve-result.ts';
import type { Verdict } from '../../contracts/verdict.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { renderNumber, renderTable } from './table.ts';

/** Columns before the reason take about this much; in characters. */
const OTHER_COLUMNS = 60;
/** A reason is never cut shorter than this, nor shown longer than the other; the JSON document has all of it. */
const REASON_LENGTHS = { least: 40, most: 200 };

/**
 * A table of all candidates, best first, rejected last: score, each judge's probability, votes, likelihood, reason.
 *
 * @param width the terminal's, in characters; null when there is none
 */
export function candidateTable(result: SolveResult, width: number | null): string {
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
        : shorten(`${candidate.rejected.reason}: ${candidate.rejected.detail}`, width),
    ]);
  return renderTable(['', 'candidate', 'score', ...judges, 'votes', 'log-lik.', 'rejected because'], rows);
}

/** The names of all judges that gave a verdict, in the order of the team. */
export function judgeNames(candidates: readonly { readonly verdicts: readonly Verdict[] }[]): string[] {
  return [...new Set(candidates.flatMap(({ verdicts }) => verdicts.map((verdict) => verdict.judge)))];
}

/**
 * A judge's probability that the candidate is correct; without one, its rating or its answer in a word; `invalid` for an answer that
 * was none.
 */
export function renderVerdict(verdicts: readonly Verdict[], judge: string): string {
  const verdict = verdicts.find((entry) => entry.judge === judge);
  if (verdict === undefined) {
    return '';
  }
  const { label, probabilityCorrect, rating } = verdict;
  if (label === null) {
    return 'invalid';
  }
  const number = probabilityCorrect ?? rating;
  return number === null ? (label === 1 ? 'yes' : 'no') : renderNumber(number);
}

function byScore(a: JudgedCandidate, b: JudgedCandidate): number {
  const rejected = Number(a.rejected !== null) - Number(b.rejected !== null);
  return rejected || (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) || 0;
}

function shorten(text: string, width: number | null): string {
  const { least, most } = REASON_LENGTHS;
  const length = width === null ? most : Math.min(most, Math.max(least, width - OTHER_COLUMNS));
  const line = visibleLine(text).replace(/ +/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
