import type { StageCondition } from '../../contracts/study-plan.ts';
import { findStage, readStageRecord, type Stage, type StageRecord, stageInputs } from './stage.ts';

/** What is on record of stages. */
export interface StudyCondition {
  readonly conditions: readonly StageCondition[];
  /** Of the finished ones, by id. */
  readonly records: ReadonlyMap<string, StageRecord>;
}

/**
 * Looks up which stages need not run.
 *
 * @param stages each after those it needs
 * @param running ids of those that are under way
 */
export async function stageConditions(
  folder: string,
  stages: readonly Stage[],
  running: ReadonlySet<string>,
): Promise<StudyCondition> {
  const records = new Map<string, StageRecord>();
  const conditions: StageCondition[] = [];
  for (const stage of stages) {
    const { id, title } = stage;
    const isReady = stage.needs.every((need) => records.has(need));
    const { record, changed } = isReady
      ? await findStage(folder, stage, await stageInputs(stage, records))
      : { record: null, changed: [] };
    if (record !== null) {
      records.set(id, record);
      conditions.push({ id, title, state: 'finished', changed });
      continue;
    }
    const wasFinished = !isReady && (await readStageRecord(folder, id)) !== null;
    const open = wasFinished ? 'depends' : changed.length > 0 ? 'changed' : 'to-do';
    conditions.push({ id, title, state: running.has(id) ? 'running' : open, changed });
  }
  return { conditions, records };
}
