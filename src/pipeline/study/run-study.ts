import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFiles } from '../../contracts/report-files.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { lockOutput } from '../execute/lock-output.ts';
import { readCostBasis } from './costs/cost-basis.ts';
import { requireStudyFolder } from './require-study-folder.ts';
import { runStages, type StageEvent } from './run-stages.ts';
import { studyCores } from './study-cores.ts';
import { openStudyLog } from './study-log.ts';
import { assembleReport, explorerTasks, studyTimes } from './study-report.ts';
import { STUDY_FILES, STUDY_FOLDERS, type StudyRun } from './study-run.ts';
import { studyStages } from './study-stages.ts';
import { REPORT_FORMATS, writeReport } from './write-report.ts';

export interface RunStudyOptions extends StudyRun {
  readonly onEvent: (event: StageEvent) => void;
}

/**
 * Runs what is not finished of a study. Everything that is finished is on record, down to the single sample, execution and verdict:
 * killed however it may be, the same command goes on. In the end it leaves `study.json`, what it came to; `times.json`, what the clock
 * said; `candidates.jsonl`, all candidates by task with what tests and judges said of them; and the report in all its forms.
 *
 * @throws {CodejuryError} what its stages throw; `usage` when another run writes to the same folder; `aborted`.
 */
export async function runStudy(options: RunStudyOptions): Promise<{
  readonly report: StudyReport;
  readonly written: ReportFiles;
}> {
  const { out, signal, onEvent } = options;
  await requireFolderOf('--out', out);
  await requireStudyFolder(out);
  const gpus = await readCostBasis(options);
  const lock = await lockOutput(join(out, 'study'), signal);
  const log = openStudyLog(out);
  try {
    for (const name of STUDY_FOLDERS) await mkdir(join(out, name), { recursive: true });
    const stages = studyStages(options);
    const records = await runStages(stages, {
      folder: out,
      cores: studyCores(options.config),
      signal,
      onEvent: (event) => {
        log.onEvent(event);
        onEvent(event);
      },
    });
    const report = await assembleReport(options, records, gpus);
    const files = [
      [STUDY_FILES.report, report],
      [STUDY_FILES.times, await studyTimes(options, stages, records)],
    ] as const;
    for (const [name, value] of files) {
      await writeFileAtomically(join(out, name), `${JSON.stringify(value, null, 2)}\n`);
    }
    const candidates = await explorerTasks(options);
    await writeLinesAtomically(
      join(out, STUDY_FILES.candidates),
      candidates.map((task) => JSON.stringify(task)),
    );
    const { written } = await writeReport({ ...options, to: null, formats: REPORT_FORMATS });
    return { report, written };
  } finally {
    await log.close();
    await lock.release();
  }
}
