import type { Command } from 'commander';
import { refuseOverwriting } from '../../io/refuse-overwriting.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import type { CliContext } from '../cli-context.ts';
import { addJudgeFlags, collect } from '../flags.ts';
import { printResult } from '../print-result.ts';
import type { TeamFlags } from '../team-overrides.ts';

interface JudgeFlags extends Pick<TeamFlags, 'team' | 'judge' | 'method' | 'examples' | 'threads' | 'gpu'> {
  readonly task: string;
  readonly candidates?: string;
  readonly out?: string;
  readonly cache: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury judge`: how likely is each of these candidates right? */
export function addJudge(program: Command, context: CliContext): void {
  addJudgeFlags(
    program
      .command('judge')
      .description('ask judges how likely given candidates are right')
      .argument('[files...]', 'source files, one candidate each')
      .requiredOption('--task <file|id>', 'the task they are meant to solve ("-" for standard input)')
      .option('--candidates <file>', 'candidates as JSON lines, each with the field "code"')
      .option('--out <file>', 'write one JSON line a candidate')
      .option('--team <file>', 'team file; its judges are asked')
      .option('--judge <name|profile.json>', 'judge model or profile, may be repeated', collect),
  )
    .option('--threads <n>', 'CPU threads for each embedded model')
    .option('--gpu <kind>', 'off, auto, cuda, vulkan or metal')
    .option('--no-cache', 'do not reuse or record results')
    .option('--offline', 'never download')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress')
    .action(async (files: string[], flags: JudgeFlags) => {
      const [{ runJudge }, { openProgress, bar }, { judgeReport }, { downloadStatus }, { teamOverrides }] =
        await Promise.all([
          import('../../pipeline/run-judge.ts'),
          import('../render/progress-line.ts'),
          import('../render/judge-report.ts'),
          import('../render/download-status.ts'),
          import('../team-overrides.ts'),
        ]);
      await requireFolderOf('--out', flags.out);
      await refuseOverwriting(
        { '--out': flags.out },
        {
          '--task': flags.task,
          '--candidates': flags.candidates,
          '--team': flags.team,
          '--judge': flags.judge,
          '--examples': flags.examples,
          'a candidate': files,
        },
      );
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      try {
        progress.status('loading the judges');
        const result = await runJudge({
          taskFile: flags.task,
          files,
          candidatesFile: flags.candidates ?? null,
          teamFile: flags.team ?? null,
          overrides: teamOverrides(flags),
          useCache: flags.cache,
          offline: flags.offline === true,
          env: process.env,
          stdin: process.stdin,
          signal: context.signal,
          onProgress: (done, total) =>
            progress.status(`${bar(done, total)} judged ${done} of ${total} candidates`),
          onDownload: (name, event) => progress.status(downloadStatus(name, event)),
          onNotice: (text) => progress.note(text),
        });
        if (flags.out !== undefined) {
          const { writeFileAtomically } = await import('../../io/write-file-atomically.ts');
          const lines = result.candidates.map((candidate) => `${JSON.stringify(candidate)}\n`);
          await writeFileAtomically(flags.out, lines.join(''));
        }
        progress.done();
        printResult(flags.json, result, () => judgeReport(result));
      } finally {
        progress.done();
      }
    });
}
