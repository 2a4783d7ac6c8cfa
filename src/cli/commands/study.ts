import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { addSandboxFlags } from '../flags.ts';
import { printResult } from '../print-result.ts';

interface StudyFlags {
  readonly out?: string;
  readonly workers?: string;
  readonly sandbox: string;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury study`: measure judges and teams by one file that says what. */
export function addStudy(program: Command, context: CliContext): void {
  const study = program
    .command('study')
    .description(
      'measure judges, teams and rankers on tasks: one file says what, a folder keeps what is known',
    );
  for (const [name, description] of [
    ['run', 'run what is not finished of a study; after a kill the same command goes on'],
    ['resume', 'the same as run, of a study that was begun'],
  ] as const) {
    addSandboxFlags(study.command(name).description(description).argument('<study.yaml>', 'what is measured'))
      .option('--out <folder>', "where everything is kept (default: the study's name beside its file)")
      .option('--workers <n>', 'candidates executed at once (default: one a core)')
      .option('--offline', 'never download')
      .option('--json', 'print one JSON document')
      .option('--quiet', 'no progress')
      .action((file: string, flags: StudyFlags) => run(file, flags, context));
  }
}

async function run(file: string, flags: StudyFlags, context: CliContext): Promise<void> {
  const [{ readStudy, studyFolder }, { runStudy }, settings, { openProgress }, { studyStatus }] =
    await Promise.all([
      import('../../pipeline/study/read-study.ts'),
      import('../../pipeline/study/run-study.ts'),
      import('../execution-settings.ts'),
      import('../render/progress-line.ts'),
      import('../render/study-status.ts'),
    ]);
  const source = await readStudy(file);
  const { workers, sandbox } = await settings.executionSettings(flags);
  const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
  try {
    const report = await runStudy({
      ...source,
      out: flags.out ?? studyFolder(file),
      ...{ workers, sandbox },
      offline: flags.offline === true,
      env: process.env,
      signal: context.signal,
      onEvent: studyStatus(progress),
    });
    progress.done();
    printResult(flags.json, report, () => report.name);
  } finally {
    progress.done();
  }
}
