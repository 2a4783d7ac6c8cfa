import type { Command } from 'commander';
import { addCandidateRunFlags, type CandidateRunFlags, candidateRunOptions } from '../candidate-run-flags.ts';
import type { CliContext } from '../cli-context.ts';
import { DEFAULT_SEED } from '../flags.ts';
import { printResult } from '../print-result.ts';

interface ExecuteFlags extends CandidateRunFlags {
  readonly resume?: boolean;
}

/** `codejury execute`: run candidates against the tests of their tasks. */
export function addExecute(program: Command, context: CliContext): void {
  addCandidateRunFlags(
    program.command('execute').description('run candidates against the tests of their tasks, in the sandbox'),
  )
    .requiredOption('--out <file.jsonl>', 'one line a distinct candidate')
    .option('--seed <n>', 'of what a generator writes', DEFAULT_SEED)
    .option('--resume', 'go on with the interrupted run to this file; an error if its inputs have changed')
    .option('--start-log <file>', 'append the id of each candidate before it is run')
    .option('--json', 'print the summary as one JSON document')
    .action(async (flags: ExecuteFlags) => {
      const [{ runExecute }, { openProgress }, { executeStatus }, { executeReport }] = await Promise.all([
        import('../../pipeline/execute/run-execute.ts'),
        import('../render/progress-line.ts'),
        import('../render/execute-status.ts'),
        import('../render/execute-report.ts'),
      ]);
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      const status = executeStatus(progress);
      try {
        const summary = await runExecute({
          ...(await candidateRunOptions(flags, context, progress)),
          resume: flags.resume === true,
          startLog: flags.startLog ?? null,
          onProgress: status.update,
        });
        progress.done();
        printResult(flags.json, summary, () => executeReport(summary));
        // What the sandbox could not run has no label; running again tries it again.
        const faulty = summary.outcomes.some(({ outcome }) => outcome === 'sandbox-error');
        context.setStatus(faulty ? 1 : 0);
      } catch (error) {
        progress.done();
        if (context.signal.aborted) status.interrupted('the same command with --resume goes on');
        throw error;
      } finally {
        progress.done();
      }
    });
}
