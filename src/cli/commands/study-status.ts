import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';
import { addStudyFlags, type StudyFlags, studyOf } from '../study-flags.ts';

/** `codejury study status`: how far a study is. */
export function addStudyStatus(study: Command, context: CliContext): void {
  addStudyFlags(
    study.command('status').description('what of a study is finished, and how far the rest is'),
  ).action(async (file: string, flags: StudyFlags) => {
    const [{ readStudyStatus }, { studyStatusReport }] = await Promise.all([
      import('../../pipeline/study/study-status.ts'),
      import('../render/study-status-report.ts'),
    ]);
    const status = await readStudyStatus(await studyOf(file, flags, context));
    printResult(flags.json, status, () => studyStatusReport(status));
  });
}
