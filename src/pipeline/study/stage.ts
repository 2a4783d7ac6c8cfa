import { join } from 'node:path';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { hashFile } from '../../io/hash-file.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { hashJson } from '../../util/hash.ts';

/** What a stage keeps busy while it runs: two stages that need the same do not run at once. */
export type Resource = 'model' | 'sandbox';

/** How far a stage is; `total` null = not known. */
export interface StageProgress {
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
}

export interface StageRun {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: StageProgress) => void;
  readonly onNotice: (text: string) => void;
}

/** A step of a study: some files out of the files of earlier steps. */
export interface Stage {
  /** Also the name of its record: letters, digits, `-`, `.`, `+` and `_`. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  readonly needs: readonly string[];
  readonly uses: readonly Resource[];
  /** Everything besides the files of `needs` that decides what comes out: settings, digests of the user's files. */
  readonly inputs: () => Promise<unknown>;
  /** The files that it writes, from the study's folder. */
  readonly files: readonly string[];
  /** Writes the files and returns what the report needs besides, as JSON; finished parts are on record if it is killed. */
  readonly run: (run: StageRun) => Promise<unknown>;
}

const recordSchema = z.strictObject({
  key: z.string(),
  /** sha256 of each file, by its name. */
  files: z.record(z.string(), z.string()),
  result: z.unknown(),
  durationMs: z.number().nonnegative(),
});

/** That a stage is finished, and what it came to. */
export type StageRecord = Readonly<z.infer<typeof recordSchema>>;

/** What a stage depends on, as one hash: what `needs` wrote, and its own inputs. */
export async function stageKey(stage: Stage, earlier: ReadonlyMap<string, StageRecord>): Promise<string> {
  const files = stage.needs.map((id) => [id, earlier.get(id)?.files ?? null]);
  return hashJson({ stage: stage.id, files, inputs: await stage.inputs() });
}

/** The record of a finished stage with this key whose files are as it left them; null = it has to run. */
export async function findRecord(folder: string, stage: Stage, key: string): Promise<StageRecord | null> {
  const record = await readRecord(folder, stage.id);
  if (record === null || record.key !== key) return null;
  for (const [name, digest] of Object.entries(record.files)) {
    if ((await hashFile(join(folder, name)).catch(() => null)) !== digest) return null;
  }
  return record;
}

/** Runs a stage and keeps that it is finished. */
export async function runStage(
  folder: string,
  stage: Stage,
  key: string,
  run: StageRun,
): Promise<StageRecord> {
  const startedAt = performance.now();
  const result = await stage.run(run);
  const files: [string, string][] = [];
  for (const name of stage.files) files.push([name, await hashFile(join(folder, name))]);
  const record = { key, files: Object.fromEntries(files), result, durationMs: performance.now() - startedAt };
  await writeFileAtomically(recordFile(folder, stage.id), `${JSON.stringify(record)}\n`);
  return record;
}

async function readRecord(folder: string, id: string): Promise<StageRecord | null> {
  try {
    const value = await readJsonFile(recordFile(folder, id), 'record of a stage', 'run the study again');
    return recordSchema.safeParse(value).data ?? null;
  } catch (error) {
    // A damaged record is none: the stage runs again.
    if (error instanceof CodejuryError) return null;
    throw error;
  }
}

function recordFile(folder: string, id: string): string {
  return join(folder, 'stages', `${id}.json`);
}
