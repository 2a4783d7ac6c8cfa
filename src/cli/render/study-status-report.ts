import type { StageStatus, StudyStatus } from '../../contracts/study-status.ts';
import { duration } from './execute-status.ts';
import { bar } from './progress-line.ts';
import { plural, renderTable, withCommas } from './table.ts';

/** How far a study is, for people. */
export function studyStatusReport({ name, out, state, process, stages, notices }: StudyStatus): string {
  const finished = stages.filter((stage) => stage.state === 'finished').length;
  const who = process?.pid == null ? '' : ` (process ${process.pid} on ${process.host})`;
  const again = stages.flatMap(({ title, state, changed }) =>
    state === 'changed' ? [`${title}: runs again, for this has changed: ${changed.join(', ')}`] : [],
  );
  return [
    `${name}: ${STATES[state]}${who}, ${finished} of ${plural(stages.length, 'stage')} finished, in ${out}`,
    '',
    renderTable(
      ['stage', 'state', 'how far'],
      stages.map((stage) => [stage.title, stage.state, howFar(stage)]),
    ),
    ...(again.length > 0 ? ['', ...again] : []),
    ...(notices.length > 0 ? ['', ...notices.map((notice) => `notice: ${notice}`)] : []),
  ].join('\n');
}

const STATES: Readonly<Record<StudyStatus['state'], string>> = {
  new: 'not begun',
  running: 'under way',
  interrupted: 'interrupted, `codejury study run` goes on',
  finished: 'finished',
};

function howFar({ progress, seconds }: StageStatus): string {
  if (seconds !== null) return duration(seconds);
  if (progress === null) return '';
  const { what, done, total, failures } = progress;
  const count = total === null ? what : `${what} ${withCommas(done)} of ${withCommas(total)}`;
  const failed = failures === 0 ? '' : `, ${plural(failures, 'failure')}`;
  return `${bar(done, total, 12)} ${count}${failed}`.trim();
}
