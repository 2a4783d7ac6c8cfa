import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import { lockOutput } from '../execute/lock-output.ts';
import { runStages, type StageEvent } from './run-stages.ts';
import type { StageRecord } from './stage.ts';
import { STUDY_FOLDERS, type StudyRun } from './study-run.ts';
import { studyStages } from './study-stages.ts';

export interface RunStudyOptions extends StudyRun {
  readonly onEvent: (event: StageEvent) => void;
}

/**
 * Runs what is not finished of a study. Everything that is finished is on record, down to the single sample, execution and verdict:
 * killed however it may be, the same command goes on.
 *
 * @throws {CodejuryError} what its stages throw; `usage` when another run writes to the same folder; `aborted`.
 */
export async function runStudy(options: RunStudyOptions): Promise<ReadonlyMap<string, StageRecord>> {
  const { out, signal, onEvent } = options;
  await requireFolderOf('--out', out);
  const lock = await lockOutput(join(out, 'study'), signal);
  try {
    for (const name of STUDY_FOLDERS) await mkdir(join(out, name), { recursive: true });
    return await runStages(studyStages(options), { folder: out, signal, onEvent });
  } finally {
    await lock.release();
  }
}
