import type { Task } from '../../contracts/task.ts';
import type { TaskCount, TaskSummary } from '../../contracts/task-summary.ts';
import { formatBytes } from '../../io/format-bytes.ts';
import type { TaskSources } from '../../pipeline/list-tasks.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { renderTable } from './table.ts';

/** How much of a test program is shown, in lines. */
const SHOWN_LINES = 12;

/** The bundled sets, then the benchmarks, those on this machine first. */
export function taskSourcesReport({ bundled, benchmarks }: TaskSources): string {
  const sorted = benchmarks.toSorted((a, b) => Number(b.isHere) - Number(a.isHere));
  return renderTable(
    ['source', 'language', 'licence', 'here', 'size or tasks', 'from'],
    [
      ...bundled.map(({ source, language, tasks }) => [
        source,
        language,
        'Apache-2.0',
        'yes',
        `${tasks} tasks`,
        'codejury',
      ]),
      ...sorted.map(({ name, entry, isHere, sizeBytes }) => [
        name,
        entry.language,
        entry.licence,
        isHere ? 'yes' : '-',
        sizeBytes === null ? '-' : formatBytes(sizeBytes),
        entry.repository,
      ]),
    ],
  );
}

/** One line a task. */
export function taskListReport(tasks: readonly TaskSummary[]): string {
  return renderTable(
    ['task', 'problem', 'tests', 'solution', 'signature'],
    tasks.map(({ id, problem, hasTests, hasCanonical, signature }) => [
      id,
      problem ?? '-',
      hasTests ? 'yes' : '-',
      hasCanonical ? 'yes' : '-',
      signature,
    ]),
  );
}

/** One line a benchmark and language. */
export function taskCountReport(counts: readonly TaskCount[]): string {
  return renderTable(
    ['benchmark', 'language', 'tasks', 'with tests', 'with solution'],
    counts.map(({ benchmark, language, tasks, withTests, withCanonical }) => [
      benchmark,
      language,
      String(tasks),
      String(withTests),
      String(withCanonical),
    ]),
  );
}

/** A task for people: what it asks, and the beginning of what decides. */
export function taskReport(task: Task): string {
  const { id, language, problem, description, signature, tests, canonical } = task;
  return [
    visibleLine(`${id}  (${language}${problem === null ? '' : `, problem ${problem}`})`),
    '',
    description,
    '',
    signature,
    ...section('tests', tests?.after.trim() ?? 'none'),
    ...section('solution', canonical?.trimEnd() ?? 'none'),
  ].join('\n');
}

function section(name: string, text: string): readonly string[] {
  const lines = text.split('\n');
  const more = lines.length - SHOWN_LINES;
  return [
    '',
    `${name}:`,
    ...lines.slice(0, SHOWN_LINES).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … ${more} more lines`] : []),
  ];
}
