import type { Command } from 'commander';
import { CodejuryError } from '../../errors.ts';
import { refuseOverwriting } from '../../io/refuse-overwriting.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import type { CliContext } from '../cli-context.ts';
import { addJudgeFlags, collect } from '../flags.ts';
import { printResult } from '../print-result.ts';
import type { TeamFlags } from '../team-overrides.ts';

export interface JudgeFlags
  extends Pick<
    TeamFlags,
    'team' | 'profile' | 'judge' | 'method' | 'examples' | 'threads' | 'gpu' | 'languageFile'
  > {
  readonly task?: string;
  readonly tasks?: string;
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
      .option('--task <file|id>', 'the one task they are meant to solve ("-" for standard input)')
      .option('--tasks <path|name>', 'many tasks: a file or folder of a benchmark, or a pulled one')
      .option(
        '--candidates <file>',
        'candidates as JSON lines: with --task the field "code"; with --tasks what `execute` reads or writes',
      )
      .option(
        '--out <file>',
        'write one JSON line a candidate; with --tasks a line for each input line and judge',
      )
      .option('--team <file>', 'team file; its judges are asked'),
  )
    .option('--language-file <file>', 'a private language of the tasks, may be repeated', collect)
    .option('--threads <n>', 'CPU threads for each embedded model')
    .option('--gpu <kind>', 'off, auto, cuda, vulkan or metal')
    .option('--no-cache', 'do not reuse or record results')
    .option('--offline', 'never download')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress')
    .action(async (files: string[], flags: JudgeFlags) => {
      if (flags.tasks !== undefined) {
        const { judgeMany } = await import('./judge-many.ts');
        return await judgeMany(files, flags, context);
      }
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
          '--profile': flags.profile,
          '--examples': flags.examples,
          '--language-file': flags.languageFile,
          'a candidate': files,
        },
      );
      const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
      try {
        progress.status('loading the judges');
        const result = await runJudge({
          taskFile: requireTask(flags.task),
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

function requireTask(task: string | undefined): string {
  if (task !== undefined) return task;
  throw new CodejuryError('usage', 'expected --task FILE, or --tasks FILE for the candidates of many tasks', {
    hint: 'codejury judge --task task.yaml a.py b.py',
  });
}
