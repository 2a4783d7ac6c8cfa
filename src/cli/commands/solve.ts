import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { addJudgeFlags, addSandboxFlags, collect, DEFAULT_SEED } from '../flags.ts';
import type { TeamFlags } from '../team-overrides.ts';

interface SolveFlags extends TeamFlags {
  readonly task?: string;
  readonly language?: string;
  readonly signature?: string;
  readonly tests?: string;
  readonly seed: string;
  readonly sandbox: string;
  readonly cache: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury solve`: the team solves one task. */
export function addSolve(program: Command, context: CliContext): void {
  addSandboxFlags(
    addJudgeFlags(
      program
        .command('solve')
        .description('let the team write one function')
        .argument('[description]', 'what the function must do; "-" reads it from standard input')
        .option('--task <file|id>', 'a task file (YAML or JSON, "-" for standard input) or a bundled task')
        .option('--language <id>', 'language of the function (python, java, …)')
        .option('--signature <text>', 'the function header, e.g. "def f(x: int) -> int:"')
        .option('--tests <file>', 'tests that run after each candidate; adds the gate "tests"')
        .option('--team <file>', 'team file (YAML or JSON)')
        .option('--model <name>', 'generator model'),
    )
      .option('--samples <n>', 'how many samples the generator draws')
      .option('--temperature <t>', 'sampling temperature')
      .option('--top-p <p>', 'nucleus mass')
      .option('--top-k <k>', 'most probable tokens kept, 0 = all')
      .option('--max-tokens <n>', 'longest answer in tokens')
      .option('--context <file>', 'language documentation or solved task file, may be repeated', collect)
      .option('--gate <name>', 'parse, compile, tests or none; may be repeated', collect)
      .option('--stop-when <score>', 'stop sampling once a candidate scores this high')
      .option('--minimum-score <score>', 'below it nothing is returned (exit status 3)')
      .option('--threads <n>', 'CPU threads for each embedded model')
      .option('--gpu <kind>', 'off, auto, cuda, vulkan or metal')
      .option('--seed <n>', 'the same seed gives the same result', DEFAULT_SEED),
  )
    .option('--no-cache', 'do not reuse or record results')
    .option('--offline', 'never download')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress')
    .action(async (description: string | undefined, flags: SolveFlags) => {
      const [
        { runSolve },
        { openProgress },
        { solveReport },
        { solveStatus },
        { downloadStatus },
        { teamOverrides },
        { naturalNumber },
      ] = await Promise.all([
        import('../../pipeline/run-solve.ts'),
        import('../render/progress-line.ts'),
        import('../render/solve-report.ts'),
        import('../render/solve-status.ts'),
        import('../render/download-status.ts'),
        import('../team-overrides.ts'),
        import('../execution-settings.ts'),
      ]);
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      const status = solveStatus(progress);
      try {
        progress.status('loading the team');
        const result = await runSolve({
          task: {
            description,
            file: flags.task,
            language: flags.language,
            signature: flags.signature,
            testsFile: flags.tests,
          },
          teamFile: flags.team ?? null,
          overrides: teamOverrides(flags),
          seed: naturalNumber('--seed', flags.seed),
          sandbox: flags.sandbox,
          useCache: flags.cache,
          offline: flags.offline === true,
          env: process.env,
          stdin: process.stdin,
          signal: context.signal,
          onEvent: status,
          onDownload: (name, event) => progress.status(downloadStatus(name, event)),
          onNotice: (text) => progress.note(text),
        });
        progress.done();
        process.stdout.write(
          flags.json
            ? `${JSON.stringify(result, null, 2)}\n`
            : `${await solveReport(result, process.stdout)}\n`,
        );
        context.setStatus(result.abstained ? 3 : 0);
      } finally {
        progress.done();
      }
    });
}
