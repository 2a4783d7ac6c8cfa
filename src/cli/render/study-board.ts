import type { StageEvent } from '../../pipeline/study/run-stages.ts';
import type { Stage, StageProgress } from '../../pipeline/study/stage.ts';
import { createStageMeter, type StageMeter } from '../../pipeline/study/stage-meter.ts';
import { duration } from './execute-status.ts';
import { bar } from './progress-line.ts';
import { plural, withCommas } from './table.ts';

/** Narrower than this, bars are short and the kind of work is not named: titles are worth more. */
const WIDE = 110;

/** Narrower than this, there are no bars. */
const NARROW = 60;

/** What is known of the run of a study, as lines for a terminal. */
export interface StudyBoard {
  readonly update: (event: StageEvent) => void;
  /** At most so wide, in characters, and at most so many: what does not fit is counted. */
  readonly lines: (columns: number, rows: number) => readonly string[];
}

interface Row {
  readonly stage: Stage;
  state: 'waiting' | 'running' | 'done';
  progress: StageProgress | null;
  meter: StageMeter;
}

/** @param now in milliseconds; only differences matter */
export function createStudyBoard(now: () => number = () => performance.now()): StudyBoard {
  const startedAtMs = now();
  const rows = new Map<string, Row>();
  let notices = 0;
  let failures = 0;
  return {
    update: (event) => {
      if (event.kind === 'planned') {
        for (const stage of event.stages) {
          rows.set(stage.id, { stage, state: 'waiting', progress: null, meter: createStageMeter(now) });
        }
        return;
      }
      const row = rows.get(event.stage.id);
      if (row === undefined) return;
      if (event.kind === 'started') row.state = 'running';
      if (event.kind === 'notice') notices += 1;
      if (event.kind === 'progress') {
        row.progress = event.progress;
        row.meter.update(event.progress);
      }
      if (event.kind === 'finished' || event.kind === 'reused') {
        row.state = 'done';
        failures += row.progress?.failures ?? 0;
      }
    },
    lines: (columns, most) => {
      const all = [...rows.values()];
      const open = all.filter(({ state }) => state !== 'done');
      // Those that run come first where there is no room for all.
      const byState = [...open].sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
      const shown = new Set(byState.slice(0, Math.max(1, open.length < most ? most - 1 : most - 2)));
      const hidden = open.length - shown.size;
      const failed = failures + open.reduce((sum, { progress }) => sum + (progress?.failures ?? 0), 0);
      const overall = [
        `${all.length - open.length} of ${plural(all.length, 'stage')}`,
        duration((now() - startedAtMs) / 1000),
        ...(failed > 0 ? [plural(failed, 'failure')] : []),
        ...(notices > 0 ? [plural(notices, 'notice')] : []),
      ].join(', ');
      return [
        ...open.filter((row) => shown.has(row)).map((row) => layOut(row, columns)),
        ...(hidden > 0 ? [`${plural(hidden, 'more stage')}`] : []),
        cut(`${front(all.length - open.length, all.length, columns)}${overall}`, columns),
      ];
    },
  };
}

/** A bar in its column; nothing where there is no room. */
function front(done: number, total: number | null, columns: number): string {
  if (columns < NARROW) return '';
  const cells = columns < WIDE ? 6 : 12;
  // Brackets, `100 %` and blanks.
  return bar(done, total, cells).padEnd(cells + 2 + 6 + 2);
}

/** Bar, title, details on the right; the title gets what they leave. */
function layOut({ stage, state, progress, meter }: Row, columns: number): string {
  const before = front(progress?.done ?? 0, progress?.total ?? null, columns);
  const details = state === 'waiting' ? 'waits' : detailsOf(progress, meter, columns);
  const room = Math.max(12, columns - before.length - details.length - 2);
  return cut(`${before}${cutInside(stage.title, room).padEnd(room)}  ${details}`, columns);
}

function detailsOf(progress: StageProgress | null, meter: StageMeter, columns: number): string {
  if (progress === null) return 'starts';
  const { what, done, total, failures = 0 } = progress;
  const measured = meter.measured()[what];
  const perSecond =
    measured === undefined || measured.seconds === 0 ? null : measured.done / measured.seconds;
  const left = perSecond === null || total === null || done < 2 ? null : (total - done) / perSecond;
  return [
    ...(total === null || columns >= WIDE ? [what] : []),
    ...(total === null ? [] : [`${withCommas(done)}/${withCommas(total)}`]),
    ...(perSecond === null ? [] : [rate(perSecond)]),
    ...(left === null ? [] : [`${duration(left)} left`]),
    ...(failures > 0 ? [`${withCommas(failures)} failed`] : []),
  ].join(' ');
}

function rate(perSecond: number): string {
  return perSecond < 1
    ? `${(perSecond * 60).toFixed(1)}/min`
    : `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;
}

/** At most so many characters; one that was cut ends with an ellipsis. */
function cut(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/** The same, cut in the middle: titles differ at their ends. */
function cutInside(text: string, columns: number): string {
  const characters = [...text];
  if (characters.length <= columns) return text;
  const end = Math.floor((columns - 1) / 2);
  return `${characters.slice(0, columns - 1 - end).join('')}…${characters.slice(characters.length - end).join('')}`;
}
