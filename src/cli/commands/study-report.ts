import type { Command } from 'commander';
import { CodejuryError } from '../../errors.ts';
import type { ReportFormat } from '../../pipeline/study/write-report.ts';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';
import { addStudyFlags, type StudyFlags, studyOf } from '../study-flags.ts';

interface ReportFlags extends StudyFlags {
  readonly to?: string;
  readonly format: string;
  readonly candidates: boolean;
}

/** `codejury study report`: what a finished study came to. */
export function addStudyReport(study: Command, context: CliContext): void {
  addStudyFlags(
    study
      .command('report')
      .description('write the report of a finished study: a page, and its tables in four forms'),
  )
    .option('--to <folder>', "where the report goes (default: report in the study's folder)")
    .option('--format <forms>', 'html, md, csv, json, latex or all; several with commas', 'all')
    .option('--no-candidates', 'leave out what tasks and candidates say: numbers alone')
    .action(async (file: string, flags: ReportFlags) => {
      const [{ REPORT_FORMATS, writeReport }, { studyGist }, { studyReport }] = await Promise.all([
        import('../../pipeline/study/write-report.ts'),
        import('../../pipeline/study/study-gist.ts'),
        import('../render/study-report.ts'),
      ]);
      const formats = parseFormats(flags.format, REPORT_FORMATS);
      const source = await studyOf(file, flags, context);
      const { written, study: finished } = await writeReport({
        ...source,
        ...{ to: flags.to ?? null, formats, showCandidates: flags.candidates },
      });
      printResult(flags.json, written, () => studyReport(studyGist(finished.report), written));
    });
}

/** @throws {CodejuryError} `usage` for a form that there is not. */
function parseFormats(given: string, known: readonly ReportFormat[]): readonly ReportFormat[] {
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.find((name) => name !== 'all' && !known.some((format) => format === name));
  if (unknown !== undefined) {
    throw new CodejuryError('usage', `--format: there is no form "${unknown}"`, {
      hint: `the forms are ${known.join(', ')} and all`,
    });
  }
  return names.includes('all') ? known : known.filter((format) => names.includes(format));
}
