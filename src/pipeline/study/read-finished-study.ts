import { join } from 'node:path';
import type { ExplorerTask, StudyReport, StudyTimes } from '../../contracts/study-report.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { STUDY_FILES } from './study-run.ts';

/** What a study left when it was finished. */
export interface FinishedStudy {
  readonly report: StudyReport;
  readonly times: StudyTimes;
  readonly candidates: readonly ExplorerTask[];
}

const HINT = '`codejury study run` runs what is not finished, `codejury study status` says how far it is';

/**
 * Reads what a finished study left in its folder.
 *
 * @throws {CodejuryError} `not-found` for a study that is not finished; `usage` for files of another version.
 */
export async function readFinishedStudy(out: string): Promise<FinishedStudy> {
  const report = (await readJsonFile(join(out, STUDY_FILES.report), 'finished study', HINT)) as StudyReport;
  if (report?.format !== 1) {
    throw new CodejuryError('usage', `${join(out, STUDY_FILES.report)}: not a study of this version`, {
      hint: HINT,
    });
  }
  const times = (await readJsonFile(join(out, STUDY_FILES.times), 'times of a study', HINT)) as StudyTimes;
  const candidates: ExplorerTask[] = [];
  // They are what `study run` wrote, line by line.
  for await (const { value } of readJsonRecords(join(out, STUDY_FILES.candidates))) {
    candidates.push(value as unknown as ExplorerTask);
  }
  return { report, times, candidates };
}
