import { refuseOverwriting } from '../../io/refuse-overwriting.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';
import { requireFlags } from '../require-flags.ts';
import type { JudgeFlags } from './judge.ts';

/** `codejury judge --tasks`: the candidates of many tasks, a verdict a line. */
export async function judgeMany(
  files: readonly string[],
  flags: JudgeFlags,
  context: CliContext,
): Promise<void> {
  const [{ runJudgeMany }, { openProgress }, { judgeManyReport }, { judgeManyStatus }, more] =
    await Promise.all([
      import('../../pipeline/judge-many/run-judge-many.ts'),
      import('../render/progress-line.ts'),
      import('../render/judge-many-report.ts'),
      import('../render/judge-many-status.ts'),
      Promise.all([import('../team-overrides.ts'), import('../render/download-status.ts')]),
    ]);
  const [{ teamOverrides }, { downloadStatus }] = more;
  const { tasks, candidates, out } = requireFlags(files, flags);
  await requireFolderOf('--out', out);
  await refuseOverwriting(
    { '--out': out },
    {
      '--tasks': tasks,
      '--candidates': candidates,
      '--team': flags.team,
      '--judge': flags.judge,
      '--profile': flags.profile,
      '--examples': flags.examples,
      '--language-file': flags.languageFile,
    },
  );
  const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
  try {
    const result = await runJudgeMany({
      tasks,
      candidates,
      out,
      teamFile: flags.team ?? null,
      overrides: teamOverrides(flags),
      useCache: flags.cache,
      offline: flags.offline === true,
      env: process.env,
      signal: context.signal,
      onProgress: judgeManyStatus(progress),
      onDownload: (name, event) => progress.status(downloadStatus(name, event)),
      onNotice: (text) => progress.note(text),
    });
    progress.done();
    printResult(flags.json, result, () => judgeManyReport(result));
  } finally {
    progress.done();
  }
}
