import type { PlannedStage, StudyPlan } from '../../contracts/study-plan.ts';
import { duration } from './execute-status.ts';
import { plural, renderTable, withCommas } from './table.ts';

/** What a study will take, for people. */
export function studyPlanReport(plan: StudyPlan): string {
  const { name, out, tasks, stages, total, notes } = plan;
  const columns = COLUMNS.map(([head, cell]) => [head, ...stages.map(cell)]).filter(([, ...cells]) =>
    cells.some((cell) => cell !== NOTHING),
  );
  const [head = [], ...rows] = [HEAD, ...stages.keys()].map((row) =>
    columns.map((column) => column[row + 1] ?? ''),
  );
  const again = stages.flatMap(({ title, state, changed }) =>
    state === 'changed' ? [`${title}: runs again, for this has changed: ${changed.join(', ')}`] : [],
  );
  const measured = stages.flatMap(({ title, seconds, timeFrom }) =>
    seconds === null || seconds === 0 ? [] : [`  ${title}: ${timeFrom}`],
  );
  return [
    `${name}: ${plural(tasks, 'task')}, kept in ${out}`,
    '',
    renderTable(head, rows),
    '',
    ...again,
    stages.every(({ state }) => state === 'finished') ? 'everything is on record' : totalLine(total),
    ...(measured.length > 0 ? ['measured:', ...measured] : []),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}

/** `3 h 5 min on this machine, and unknown time for …; at most $2.10 for servers, …`. */
export function totalLine({ hours, unknownTime, dollars: cost, unpriced }: StudyPlan['total']): string {
  const time =
    unknownTime.length === 0
      ? `${duration(hours * 3600)} on this machine`
      : `${hours === 0 ? '' : `${duration(hours * 3600)} on this machine, and `}unknown time for ${plural(unknownTime.length, 'stage')}`;
  if (cost === 0 && unpriced.length === 0) return time;
  const more = unpriced.length === 0 ? '' : `, without ${unpriced.join(', ')}, whose prices are not known`;
  return `${time}; at most ${inDollars(cost)} for servers${more}`;
}

const NOTHING = '-';

/** The row of the heads, before the first stage's. */
const HEAD = -1;

/** A column in which nobody has anything is left out. */
const COLUMNS: readonly (readonly [string, (stage: PlannedStage) => string])[] = [
  ['stage', ({ title }) => title],
  ['state', ({ state }) => state],
  ['samples', ({ work }) => count(work.samples)],
  ['executions', ({ work }) => count(work.executions)],
  ['judgements', ({ work }) => count(work.judgements)],
  ['likelihoods', ({ work }) => count(work.likelihoods)],
  ['time', timeOf],
  [
    'dollars',
    ({ dollars }) => (dollars === null ? 'no price' : dollars === 0 ? NOTHING : inDollars(dollars)),
  ],
];

function count(value: number): string {
  return value === 0 ? NOTHING : withCommas(Math.round(value));
}

function timeOf(stage: PlannedStage): string {
  if (stage.seconds === null) return timeless(stage);
  return stage.seconds === 0 ? NOTHING : duration(stage.seconds);
}

function timeless({ timeFrom }: PlannedStage): string {
  return timeFrom.startsWith('not measured') ? 'unknown' : 'short';
}

function inDollars(value: number): string {
  return `$${value.toFixed(2)}`;
}
