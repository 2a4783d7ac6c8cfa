import type { Command } from 'commander';
import { refuseOverwriting } from '../../io/refuse-overwriting.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import type { CliContext } from '../cli-context.ts';
import type { ExecutionFlags } from '../execution-settings.ts';
import { addSandboxFlags, collect } from '../flags.ts';
import { printResult } from '../print-result.ts';

interface InspectFlags extends ExecutionFlags {
  readonly samples?: string;
  readonly out?: string;
  readonly exclusions?: string;
  readonly only?: string[];
  readonly runs: string;
  readonly project?: string;
  readonly cache: boolean;
  readonly failOnDropped?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury tasks inspect`: which tasks can be trusted. `tasks` is the command it belongs to. */
export function addTasksInspect(tasks: Command, context: CliContext): void {
  addSandboxFlags(
    tasks
      .command('inspect')
      .description(
        'find out which tasks can be trusted: solutions must pass, programs that solve nothing must not',
      )
      .argument('<source>', 'tasks: a benchmark file, a folder, or bundled[:language]')
      .option('--samples <file>', 'candidates for tasks without a solution, labelled or not')
      .option('--exclusions <file>', 'write the dropped tasks as a list for --exclude (.yaml or .json)')
      .option('--out <file.json>', 'write the whole report')
      .option('--only <id>', 'inspect this task alone, may be repeated', collect)
      .option('--runs <n>', 'how often a program is run to find flaky tests; 0 turns that off', '5')
      .option('--workers <n>', 'tasks under way at once (default: one a core)')
      .option('--project <dir>', 'CoderEval: the folder with the project checkouts')
      .option('--language-file <file>', 'a private language with its runner, may be repeated', collect),
  )
    .option('--no-cache', 'do not reuse or record results')
    .option('--fail-on-dropped', 'end with status 3 when a task is dropped')
    .option('--json', 'print the report as one JSON document')
    .option('--quiet', 'no progress')
    .action(async (source: string, flags: InspectFlags) => {
      const [
        { runInspect },
        { executionSettings, naturalNumber },
        { openProgress },
        { inspectionStatus },
        { inspectionReport },
      ] = await Promise.all([
        import('../../pipeline/inspect/run-inspect.ts'),
        import('../execution-settings.ts'),
        import('../render/progress-line.ts'),
        import('../render/inspection-status.ts'),
        import('../render/inspection-report.ts'),
      ]);
      const settings = await executionSettings(flags);
      const runs = naturalNumber('--runs', flags.runs);
      await requireFolderOf('--out', flags.out);
      await requireFolderOf('--exclusions', flags.exclusions);
      await refuseOverwriting(
        { '--out': flags.out, '--exclusions': flags.exclusions },
        { 'the tasks': source, '--samples': flags.samples, '--language-file': flags.languageFile },
      );
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      try {
        const report = await runInspect({
          ...settings,
          source,
          only: flags.only ?? [],
          samples: flags.samples ?? null,
          exclusions: flags.exclusions ?? null,
          projectFolder: flags.project ?? null,
          runs,
          useCache: flags.cache,
          env: process.env,
          signal: context.signal,
          onProgress: inspectionStatus(progress),
          onNotice: (text) => progress.note(text),
        });
        if (flags.out !== undefined) {
          const { writeFileAtomically } = await import('../../io/write-file-atomically.ts');
          await writeFileAtomically(flags.out, `${JSON.stringify(report, null, 2)}\n`);
        }
        progress.done();
        printResult(flags.json, report, () => inspectionReport(report));
        const isDropped = report.tasks.some(({ verdict }) => verdict === 'dropped');
        context.setStatus(flags.failOnDropped === true && isDropped ? 3 : 0);
      } finally {
        progress.done();
      }
    });
}
