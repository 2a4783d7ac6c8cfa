import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { plural } from './caption-parts.ts';

/** How many tasks there are of each language and of each benchmark. */
export function tasksTable({ tasks, config }: StudyReport): ReportTable {
  const rows = [
    ...tasks.languages.map(({ language, tasks: count }) => ({ by: 'language', name: language, count })),
    ...tasks.benchmarks.map(({ benchmark, tasks: count }) => ({ by: 'benchmark', name: benchmark, count })),
  ];
  const limit = config.maxTasks === null ? '' : `, the first ${config.maxTasks} at most of those named`;
  return buildTable(
    {
      id: 'tasks',
      title: 'Tasks',
      caption: `${plural(tasks.count, 'task')}${limit}. Exact counts.`,
    },
    [
      ['by', 'by', 'text', ({ by }) => by],
      ['name', 'name', 'text', ({ name }) => name],
      ['tasks', 'tasks', 'count', ({ count }) => count],
      ['share', 'share', 'share', ({ count }) => count / tasks.count],
    ],
    rows,
  );
}
