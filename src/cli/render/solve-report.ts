import { styleText } from 'node:util';
import type { SolveResult } from '../../contracts/solve-result.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { candidateTable } from './candidate-table.ts';
import { highlightCode } from './highlight-code.ts';
import { judgeWarnings } from './judge-warnings.ts';
import { plural } from './table.ts';

/** What `solve` shows to a person: the candidates, what was spent, and the chosen code last. */
export async function solveReport(result: SolveResult, stream: NodeJS.WriteStream): Promise<string> {
  const { selected, trace } = result;
  const lines = [candidateTable(result, stream.isTTY ? stream.columns || null : null), ''];
  const seconds = (trace.durationsMs.total / 1000).toFixed(1);
  lines.push(
    `${trace.samplesDrawn} of ${plural(trace.samplesRequested, 'sample')}, ${result.candidates.length} distinct, ${plural(trace.judgementsMade, 'judgement')} (${trace.judgementsSavedByDuplicates} saved by duplicates), ${seconds} s`,
  );
  const remarks = [...judgeWarnings(trace.judges), ...trace.notices.map((notice) => `note: ${notice}`)];
  lines.push(...remarks.map(visibleLine));
  lines.push('');
  if (selected === null) {
    lines.push(styleText('yellow', 'No candidate was good enough to return.', { stream }));
    return lines.join('\n');
  }
  const how = result.escalated ? 'written by the model the team escalated to' : reasonFor(selected);
  const renamedFrom = result.candidates.find(({ id }) => id === selected.candidateId)?.renamedFrom ?? null;
  const renamed = renamedFrom === null ? '' : `; its name was ${visibleLine(renamedFrom)}`;
  lines.push(styleText('bold', `${selected.candidateId.slice(0, 8)}: ${how}${renamed}`, { stream }), '');
  lines.push(await highlightCode(selected.code, result.task.language, stream));
  return lines.join('\n');
}

function reasonFor({ rankedBy, score, tieBrokenBy }: NonNullable<SolveResult['selected']>): string {
  if (score === null) {
    return `no judge gave a valid verdict, chosen by ${tieBrokenBy ?? 'being the only one'}`;
  }
  const by = rankedBy === 'judges' ? 'the judges' : 'its log-likelihood';
  const tie = tieBrokenBy === null ? '' : `, a tie decided by ${tieBrokenBy}`;
  return `chosen by ${by}, score ${score.toFixed(3)}${tie}`;
}
