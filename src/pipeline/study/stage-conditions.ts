import type { StageCondition } from '../../contracts/study-plan.ts';
import { findStage, readStageRecord, type Stage, type StageRecord, stageInputs } from './stage.ts';

/** What is on record of stages. */
export interface StudyCondition {
  readonly conditions: readonly StageCondition[];
  /** Of the finished ones, by id. */
  readonly records: ReadonlyMap<string, StageRecord>;
}

/**
 * Looks up which stages need not run. One that waits for another which has to run is told as `to-do`: whether it runs again depends on what that
 * one writes.
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
      : { record: null, changed: await brokenNeeds(folder, stage, records) };
    if (record !== null) records.set(id, record);
    const unfinished = changed.length > 0 ? 'changed' : 'to-do';
    const state = record !== null ? 'finished' : running.has(id) ? 'running' : unfinished;
    conditions.push({ id, title, state, changed });
  }
  return { conditions, records };
}

/** Of a stage that was finished: what it was made from and is no more. */
async function brokenNeeds(
  folder: string,
  { id, needs }: Stage,
  records: ReadonlyMap<string, StageRecord>,
): Promise<string[]> {
  if ((await readStageRecord(folder, id)) === null) return [];
  return needs.filter((need) => !records.has(need)).map((need) => `what ${need} writes, perhaps`);
}
