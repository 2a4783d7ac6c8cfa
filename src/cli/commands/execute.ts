import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { collect } from '../flags.ts';

interface ExecuteFlags {
  readonly tasks: string;
  readonly samples: string;
  readonly out: string;
  readonly workers?: string;
  readonly resume?: boolean;
  readonly exclude?: string;
  readonly project?: string;
  readonly languageFile?: string[];
  readonly limit?: string[];
  readonly sandbox: string;
  readonly startLog?: string;
  readonly cache: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury execute`: run candidates against the tests of their tasks. */
export function addExecute(program: Command, context: CliContext): void {
  program
    .command('execute')
    .description('run candidates against the tests of their tasks, in the sandbox')
    .requiredOption('--tasks <file>', 'tasks: a benchmark file, a folder, or bundled[:language]')
    .requiredOption('--samples <file>', 'candidates, completions or answers; JSON lines, gzip or not')
    .requiredOption('--out <file.jsonl>', 'one line a distinct candidate')
    .option('--workers <n>', 'candidates under way at once (default: one a core)')
    .option('--resume', 'go on with the interrupted run to this file; an error if its inputs have changed')
    .option('--exclude <file>', 'tasks to leave out, as `tasks inspect --exclusions` writes them')
    .option('--project <dir>', 'CoderEval: the folder with the project checkouts')
    .option('--language-file <file>', 'a private language with its runner, may be repeated', collect)
    .option(
      '--limit <name=value>',
      'wallTime=15s, cpuTime, memory=1GiB, processes=64, output, scratch, file; may be repeated',
      collect,
    )
    .option('--sandbox <kind>', 'auto, bubblewrap, or none to run generated code unprotected', 'auto')
    .option('--start-log <file>', 'append the id of each candidate before it is run')
    .option('--no-cache', 'do not reuse or record results')
    .option('--json', 'print the summary as one JSON document')
    .option('--quiet', 'no progress')
    .action(async (flags: ExecuteFlags) => {
      const [{ runExecute }, { executionSettings }, { openProgress }, { executeStatus }, { executeReport }] =
        await Promise.all([
          import('../../pipeline/execute/run-execute.ts'),
          import('../execution-settings.ts'),
          import('../render/progress-line.ts'),
          import('../render/execute-status.ts'),
          import('../render/execute-report.ts'),
        ]);
      const settings = await executionSettings(flags);
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      const status = executeStatus(progress);
      try {
        const summary = await runExecute({
          ...settings,
          tasks: flags.tasks,
          samples: flags.samples,
          out: flags.out,
          resume: flags.resume === true,
          exclude: flags.exclude ?? null,
          projectFolder: flags.project ?? null,
          startLog: flags.startLog ?? null,
          useCache: flags.cache,
          env: process.env,
          signal: context.signal,
          onProgress: status.update,
          onNotice: (text) => progress.note(text),
        });
        progress.done();
        process.stdout.write(
          flags.json ? `${JSON.stringify(summary, null, 2)}\n` : `${executeReport(summary)}\n`,
        );
        // What the sandbox could not run has no label; running again tries it again.
        const faulty = summary.outcomes.some(({ outcome }) => outcome === 'sandbox-error');
        context.setStatus(faulty ? 1 : 0);
      } catch (error) {
        progress.done();
        if (context.signal.aborted) status.interrupted();
        throw error;
      } finally {
        progress.done();
      }
    });
}
