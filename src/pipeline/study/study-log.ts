import { join } from 'node:path';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { type LockHolder, lockHolder } from '../../io/file-lock.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import type { StageEvent } from './run-stages.ts';
import { readStageRecord, type Stage } from './stage.ts';
import { createStageMeter, type StageMeter } from './stage-meter.ts';
import { keepRates } from './study-rates.ts';

/** Between two writes of how far a run is, in milliseconds. */
const WRITE_EVERY_MS = 2000;

const NOTICES = 100;

const logSchema = z.strictObject({
  /** Of the stages that are not finished, by id. */
  stages: z.record(
    z.string(),
    z.strictObject({
      what: z.string(),
      done: z.number(),
      total: z.number().nullable(),
      reused: z.number().optional(),
      failures: z.number().optional(),
    }),
  ),
  notices: z.array(z.string()),
});

/** How far the present run of a study is, or was when it ended. */
export type StudyLog = z.infer<typeof logSchema>;

export interface StudyLogger {
  readonly onEvent: (event: StageEvent) => void;
  /** Writes what is not written. */
  readonly close: () => Promise<void>;
}

/** Where rates are kept, and as those of which stage. */
export interface RatesPlace {
  readonly out: string;
  readonly stageOf: (stage: Stage) => Stage;
}

/** Keeps in a study's folder how far it is, for whoever asks, and how fast its stages are, for plans. No stage waits for it. */
export function openStudyLog(
  out: string,
  rates: RatesPlace = { out, stageOf: (stage) => stage },
): StudyLogger {
  const log: StudyLog = { stages: {}, notices: [] };
  const meters = new Map<string, StageMeter>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  const write = (task: () => Promise<void>): void => {
    // A study is not stopped for what only tells of it: on a full disk its own files say so.
    writing = writing.then(task).catch(() => undefined);
  };
  const writeLog = () => writeFileAtomically(join(out, 'progress.json'), `${JSON.stringify(log)}\n`);
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      write(writeLog);
    }, WRITE_EVERY_MS);
  };
  const onEvent = (event: StageEvent): void => {
    if (event.kind !== 'planned') note(event);
    soon();
  };
  const note = (event: Exclude<StageEvent, { readonly kind: 'planned' }>): void => {
    const { stage } = event;
    switch (event.kind) {
      case 'started':
        meters.set(stage.id, createStageMeter());
        log.stages[stage.id] = { what: 'starting', done: 0, total: null };
        break;
      case 'progress':
        log.stages[stage.id] = event.progress;
        meters.get(stage.id)?.update(event.progress);
        break;
      case 'notice':
        if (log.notices.length < NOTICES) log.notices.push(`${stage.title}: ${event.text}`);
        break;
      case 'finished':
      case 'reused': {
        delete log.stages[stage.id];
        const work = meters.get(stage.id)?.measured() ?? {};
        if (event.kind === 'finished') {
          write(async () => {
            const record = await readStageRecord(out, stage.id);
            await keepRates(rates.out, { stage: rates.stageOf(stage), work, record });
          });
        }
      }
    }
  };
  return {
    onEvent,
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      write(writeLog);
      await writing;
    },
  };
}

/** What the last run of a study left, and who is at it. */
export interface FoundLog {
  /** null = there was no run. */
  readonly log: StudyLog | null;
  /** null = nobody. */
  readonly holder: LockHolder | null;
  /** Ids of the stages that are under way. */
  readonly running: ReadonlySet<string>;
}

export async function readStudyLog(out: string): Promise<FoundLog> {
  const holder = await lockHolder(join(out, 'study.lock'));
  const log = await readLogFile(out);
  return { log, holder, running: new Set(holder === null ? [] : Object.keys(log?.stages ?? {})) };
}

async function readLogFile(out: string): Promise<StudyLog | null> {
  try {
    const value = await readJsonFile(join(out, 'progress.json'), 'progress of a study', 'run the study');
    return logSchema.safeParse(value).data ?? null;
  } catch (error) {
    if (error instanceof CodejuryError) return null;
    throw error;
  }
}
