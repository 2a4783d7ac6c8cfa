import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageStatus, StudyStatus } from '../../contracts/study-status.ts';
import { stageConditions } from './stage-conditions.ts';
import { readStudyLog, type StudyLog } from './study-log.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { studyStages } from './study-stages.ts';

/**
 * How far a study is, by what lies in its folder: records of finished stages, and what the last run said of the others. Nothing is written and nobody
 * disturbed.
 *
 * @throws {CodejuryError} what reading the study's inputs throws.
 */
export async function readStudyStatus(study: StudyRun): Promise<StudyStatus> {
  const { config, out } = study;
  const { log, holder, running } = await readStudyLog(out);
  const { conditions, records } = await stageConditions(out, studyStages(study), running);
  const stages = conditions.map((stage): StageStatus => {
    const record = records.get(stage.id);
    const progress = record === undefined ? log?.stages[stage.id] : undefined;
    return {
      ...stage,
      progress: progress === undefined ? null : shownOf(progress),
      seconds: record === undefined ? null : record.durationMs / 1000,
    };
  });
  const isFinished = stages.every(({ state }) => state === 'finished') && (await isThere(study));
  const isNew = log === null && stages.every(({ state }) => state === 'to-do');
  return {
    format: 1,
    name: config.name,
    out,
    state: holder !== null ? 'running' : isFinished ? 'finished' : isNew ? 'new' : 'interrupted',
    process: holder,
    stages,
    notices: log?.notices ?? [],
  };
}

function shownOf({ what, done, total, failures = 0 }: StudyLog['stages'][string]): StageStatus['progress'] {
  return { what, done, total, failures };
}

async function isThere({ out }: StudyRun): Promise<boolean> {
  return (await stat(join(out, STUDY_FILES.report)).catch(() => null)) !== null;
}
