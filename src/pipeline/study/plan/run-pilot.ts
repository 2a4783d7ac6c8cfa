import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudyConfig, StudyWriter } from '../../../contracts/study-config.ts';
import type { Task } from '../../../contracts/task.ts';
import { writeLinesAtomically } from '../../../io/write-lines-atomically.ts';
import { writePartOfPool } from '../pool-samples.ts';
import { runStages, type StageEvent } from '../run-stages.ts';
import type { Stage } from '../stage.ts';
import { studyCores } from '../study-cores.ts';
import { openStudyLog } from '../study-log.ts';
import { isServer, modelOfJudge } from '../study-models.ts';
import { STUDY_FOLDERS, type StudyRun } from '../study-run.ts';
import { studyStages } from '../study-stages.ts';

export interface PilotOptions {
  readonly tasks: readonly Task[];
  /** The study's own, whose rates are measured. */
  readonly stages: readonly Stage[];
  /** At least 1; as many as there are at most. */
  readonly pilotTasks: number;
  readonly onEvent: (event: StageEvent) => void;
}

/**
 * Runs the study on a few of its tasks, from the first to the last in equal steps, with all samples and seeds as they are, so that the study finds on
 * record what the pilot computed; and keeps how fast each stage was. Servers that may cost something are not asked, and
 * statistics not made.
 *
 * @throws {CodejuryError} what the stages throw.
 */
export async function runPilot(study: StudyRun, options: PilotOptions): Promise<void> {
  const { tasks, stages, pilotTasks, onEvent } = options;
  const folder = join(study.out, 'pilot');
  const chosen = spread(tasks, pilotTasks);
  for (const name of [POOLS, ...STUDY_FOLDERS]) await mkdir(join(folder, name), { recursive: true });
  const config = await pilotConfig(study, { folder, chosen });
  if (config === null) return;
  const own = new Map(stages.map((stage) => [stage.id, stage]));
  const log = openStudyLog(folder, { out: study.out, stageOf: (stage) => own.get(stage.id) ?? stage });
  const asksServers = config.rankers.some((ranker) => ranker.includes('openai:'));
  const leftOut = new Set(asksServers ? config.generators.map(({ name }) => `choices-${name}`) : []);
  const measured = studyStages({ ...study, config, out: folder }).filter(
    ({ id, uses }) => id === 'tasks' || (uses.length > 0 && !leftOut.has(id)),
  );
  try {
    await runStages(measured, {
      folder,
      cores: studyCores(config),
      signal: study.signal,
      onEvent: (event) => {
        log.onEvent(event);
        onEvent(event);
      },
    });
  } finally {
    await log.close();
  }
}

/** The parts of pools that the pilot uses. */
const POOLS = 'pools';

/** As many items, from the first on in equal steps. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, index) =>
    items.slice(Math.floor((index * items.length) / taken)),
  ).flatMap(([first]) => first ?? []);
}

/** Null where there is no generator to ask. */
async function pilotConfig(
  study: StudyRun,
  { folder, chosen }: { folder: string; chosen: readonly Task[] },
): Promise<StudyConfig | null> {
  const { config } = study;
  const isFree = (model: string) => {
    const price = config.prices[model];
    return !isServer(model) || (price?.input === 0 && price.output === 0);
  };
  const ids = new Set(chosen.map(({ id }) => id));
  const writersOf = async (writers: readonly StudyWriter[]) => {
    const found: StudyWriter[] = [];
    for (const writer of writers) {
      if (writer.model !== null && !isFree(writer.model)) continue;
      const { pool } = writer;
      if (pool === null) {
        found.push(writer);
        continue;
      }
      const file = join(folder, POOLS, `${writer.name}.jsonl`);
      const some = await writePartOfPool({ ...writer, pool }, study, { chosen: ids, file });
      if (some) found.push({ ...writer, pool: file });
    }
    return found;
  };
  const generators = await writersOf(config.generators);
  if (generators.length === 0) return null;
  const asked = await Promise.all(config.judges.map((judge) => modelOfJudge(judge, study.folder)));
  const file = join(folder, 'chosen.jsonl');
  await writeLinesAtomically(
    file,
    chosen.map((task) => JSON.stringify(task)),
  );
  return {
    ...config,
    tasks: [file],
    maxTasks: null,
    generators,
    largeModels: await writersOf(config.largeModels),
    judges: asked.every(isFree) ? config.judges : [],
  };
}
