import { join } from 'node:path';
import type { ExecuteSummary } from '../../../contracts/execute-summary.ts';
import type { PlannedStage, StageCondition, StudyPlan } from '../../../contracts/study-plan.ts';
import { requireFolderOf } from '../../../io/require-folder-of.ts';
import { lockOutput } from '../../execute/lock-output.ts';
import { readCostBasis } from '../costs/cost-basis.ts';
import { countPools } from '../pool-samples.ts';
import { requireStudyFolder } from '../require-study-folder.ts';
import type { StageEvent } from '../run-stages.ts';
import type { StageRecord } from '../stage.ts';
import { stageConditions } from '../stage-conditions.ts';
import { readStudyLog } from '../study-log.ts';
import { readRates, type StudyRates } from '../study-rates.ts';
import type { StudyRun } from '../study-run.ts';
import { studyStages } from '../study-stages.ts';
import { readStudyTasks } from '../task-stage.ts';
import { runPilot } from './run-pilot.ts';
import { CHARACTERS_A_TOKEN, type StageDollars } from './stage-dollars.ts';
import { stageTime } from './stage-time.ts';
import { NO_WORK, studyWork } from './stage-work.ts';
import { studyDollars } from './study-dollars.ts';

export interface PlanStudyOptions extends StudyRun {
  /** Tasks of the pilot that measures what is not known; 0 = none. While another process runs the study, there is none. */
  readonly pilotTasks: number;
  /** Called before the pilot. */
  readonly onPilot: (tasks: number) => void;
  readonly onEvent: (event: StageEvent) => void;
}

/**
 * What a study will take from now on: counts, hours on this machine by rates that were measured here, dollars by the prices of its
 * config.
 *
 * @throws {CodejuryError} what reading its inputs and its pilot throw.
 */
export async function planStudy(options: PlanStudyOptions): Promise<StudyPlan> {
  const { config, out, pilotTasks, onPilot, onEvent } = options;
  await requireFolderOf('--out', out);
  // What `run` refuses is found here, too.
  await readCostBasis(options);
  const tasks = await readStudyTasks(options);
  const stages = studyStages(options);
  const { holder, running } = await readStudyLog(out);
  const { conditions, records } = await stageConditions(out, stages, running);
  const asking = new Set(stages.filter(({ uses }) => uses.length > 0).map(({ id }) => id));
  const isOpen = ({ id, state }: StageCondition) => state !== 'finished' && asking.has(id);
  const before = await readRates(out, stages);
  const isUnknown = conditions.some((stage) => isOpen(stage) && !before.has(stage.id));
  if (isUnknown && pilotTasks > 0 && holder === null) {
    onPilot(Math.min(pilotTasks, tasks.length));
    await pilotAlone(options, () => runPilot(options, { tasks, stages, pilotTasks, onEvent }));
  }
  const rates = await readRates(out, stages);
  const work = studyWork({
    config,
    tasks: tasks.length,
    pools: await poolSizes(options, records),
    rates,
  });
  const dollars = await studyDollars(options, tasks, work);
  const planned = conditions.map((stage): PlannedStage => {
    const counted = work.get(stage.id);
    if (!isOpen(stage) || counted === undefined) {
      const from = stage.state === 'finished' ? 'on record' : 'seconds to minutes, not counted';
      return {
        ...stage,
        work: NO_WORK,
        seconds: stage.state === 'finished' ? 0 : null,
        timeFrom: from,
        dollars: 0,
      };
    }
    const { seconds, from } = stageTime(stage.id, counted, rates);
    const cost = dollars.get(stage.id);
    const isPriced = cost === undefined || cost.unpriced.length === 0;
    return {
      ...stage,
      work: counted.work,
      seconds,
      timeFrom: from,
      dollars: isPriced ? (cost?.dollars ?? 0) : null,
    };
  });
  const open = planned.filter(isOpen);
  const hours = sum(open.map(({ seconds }) => seconds ?? 0)) / 3600;
  const costs = open.flatMap(({ id }) => dollars.get(id) ?? []);
  const total = {
    hours,
    unknownTime: open.filter(({ seconds }) => seconds === null).map(({ id }) => id),
    dollars: sum(costs.map((cost) => cost.dollars)),
    unpriced: [...new Set(costs.flatMap(({ unpriced }) => unpriced))],
  };
  const above = (['hours', 'dollars'] as const).filter((of) => {
    const limit = config.askAbove[of];
    return limit !== null && total[of] > limit;
  });
  return {
    format: 1,
    name: config.name,
    out,
    tasks: tasks.length,
    stages: planned,
    total,
    askAbove: config.askAbove,
    above,
    notes: notesOf(rates, costs),
  };
}

/** A plan by what is known without running anything; null where nothing limits the study, or neither rates nor prices are known. */
export async function planIfKnown(study: StudyRun): Promise<StudyPlan | null> {
  const { askAbove, prices } = study.config;
  const hasPrices = askAbove.dollars !== null && Object.keys(prices).length > 0;
  const hasRates = async () =>
    askAbove.hours !== null && (await readRates(study.out, studyStages(study))).size > 0;
  if (!hasPrices && !(await hasRates())) return null;
  return planStudy({ ...study, pilotTasks: 0, onPilot: () => undefined, onEvent: () => undefined });
}

async function pilotAlone({ out, signal }: StudyRun, run: () => Promise<void>): Promise<void> {
  await requireStudyFolder(out);
  const lock = await lockOutput(join(out, 'study'), signal);
  try {
    await run();
  } finally {
    await lock.release();
  }
}

/** From what is on record of them, where it is. */
async function poolSizes(
  study: StudyRun,
  records: ReadonlyMap<string, StageRecord>,
): Promise<ReadonlyMap<string, number>> {
  const pools = [...study.config.generators, ...study.config.largeModels].filter(({ pool }) => pool !== null);
  const known = pools.flatMap(({ name }) => {
    const summary = records.get(`samples-${name}`)?.result as Pick<ExecuteSummary, 'samples'> | undefined;
    return summary === undefined ? [] : [[name, summary.samples] as const];
  });
  return known.length === pools.length ? new Map(known) : countPools(study);
}

function notesOf(rates: StudyRates, costs: readonly StageDollars[]): string[] {
  const isPaid = costs.some(({ dollars, unpriced }) => dollars > 0 || unpriced.length > 0);
  return [
    'counts are what there is at most: equal candidates are executed and judged once, and what an interrupted stage has on record is not taken off',
    ...(rates.size > 0
      ? [
          'time: rates measured on this machine, model loading apart; stages one after the other, where executing and judging overlap it takes less',
        ]
      : []),
    ...(isPaid
      ? [
          `dollars: at most; ${CHARACTERS_A_TOKEN} characters a token, the prompt paid for in every request, every answer as long as it may be; judges named in rankers not counted`,
        ]
      : []),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
