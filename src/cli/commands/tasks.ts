import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';
import { addTasksInspect } from './tasks-inspect.ts';

interface JsonFlag {
  readonly json?: boolean;
}

interface ImportFlags extends JsonFlag {
  readonly project?: string;
  readonly out?: string;
}

const SOURCE = 'a benchmark file as downloaded, a folder, a benchmark of `tasks list`, or bundled[:language]';

/** `codejury tasks …`: what there is, reading the formats of the field's benchmarks, fetching and checking them. */
export function addTasks(program: Command, context: CliContext): void {
  const tasks = program
    .command('tasks')
    .description('list, fetch, read, show and inspect benchmarks and tasks');

  tasks
    .command('list')
    .description('the tasks of a source; without one, the sources there are')
    .argument('[source]', SOURCE)
    .option('--json', 'print one JSON document')
    .action(async (source: string | undefined, flags: JsonFlag) => {
      const [{ listTaskSources, listTasks }, { taskSourcesReport, taskListReport }] = await Promise.all([
        import('../../pipeline/list-tasks.ts'),
        import('../render/tasks-report.ts'),
      ]);
      if (source === undefined) {
        const sources = await listTaskSources(process.env);
        printResult(flags.json, sources, () => taskSourcesReport(sources));
      } else {
        const list = await listTasks(source, process.env);
        printResult(flags.json, { tasks: list }, () => taskListReport(list));
      }
    });

  tasks
    .command('show')
    .description('the tasks of a source, or one of them')
    .argument('<source>', SOURCE)
    .argument('[id]', "the task's id, the benchmark's own id, or the last part of it")
    .option('--project <dir>', 'CoderEval: the folder with the project checkouts')
    .option('--json', 'print JSON lines, one task each, as every command reads them')
    .action(async (source: string, id: string | undefined, flags: ImportFlags) => {
      const [{ showTasks }, { taskReport }] = await Promise.all([
        import('../../pipeline/show-tasks.ts'),
        import('../render/tasks-report.ts'),
      ]);
      const projectFolder = flags.project ?? null;
      let isFirst = true;
      for await (const task of showTasks({ source, id: id ?? null, projectFolder, env: process.env })) {
        if (flags.json) {
          // A line each, as every command reads tasks.
          process.stdout.write(`${JSON.stringify(task)}\n`);
        } else {
          printResult(false, task, () => `${isFirst ? '' : '\n\n'}${taskReport(task)}`);
        }
        isFirst = false;
      }
    });

  tasks
    .command('import')
    .description("write a benchmark's tasks in codejury's own format, JSON lines")
    .argument('<source>', SOURCE)
    .option('--project <dir>', 'CoderEval: the folder with the project checkouts')
    .option('--out <file.jsonl>', 'the file to write (default: <name>.tasks.jsonl here)')
    .option('--json', 'print one JSON document')
    .action(async (source: string, flags: ImportFlags) => {
      const [{ importTasks }, { taskCountReport }] = await Promise.all([
        import('../../pipeline/import-tasks.ts'),
        import('../render/tasks-report.ts'),
      ]);
      const result = await importTasks({
        source,
        out: flags.out ?? null,
        projectFolder: flags.project ?? null,
        env: process.env,
        signal: context.signal,
      });
      printResult(flags.json, result, () => `${taskCountReport(result.counts)}\nwrote ${result.out}`);
    });

  tasks
    .command('pull')
    .description('fetch a benchmark from the hub, at a fixed revision')
    .argument('<name>', 'a name of `tasks list`')
    .option('--offline', 'never download')
    .option('--json', 'print one JSON document')
    .action(async (name: string, flags: JsonFlag & { readonly offline?: boolean }) => {
      const [{ pullTasks }, { taskCountReport }, { openProgress }, { downloadStatus }] = await Promise.all([
        import('../../pipeline/pull-tasks.ts'),
        import('../render/tasks-report.ts'),
        import('../render/progress-line.ts'),
        import('../render/download-status.ts'),
      ]);
      const progress = openProgress();
      try {
        const result = await pullTasks({
          name,
          offline: flags.offline === true,
          env: process.env,
          signal: context.signal,
          onProgress: (event) => progress.status(downloadStatus(name, event)),
          onNotice: (text) => progress.note(text),
        });
        progress.done();
        const notes = result.entry.note === null ? [] : [`note: ${result.entry.note}`];
        printResult(flags.json, result, () =>
          [...result.files.map(({ path }) => path), taskCountReport(result.counts), ...notes].join('\n'),
        );
      } finally {
        progress.done();
      }
    });

  addTasksInspect(tasks, context);
}
