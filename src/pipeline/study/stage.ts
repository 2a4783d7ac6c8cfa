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
  /** Of `done`, what was on record. */
  readonly reused?: number;
  /** Of `done`, what came to nothing: verdicts without a label, candidates that could not be executed. */
  readonly failures?: number;
}

export interface StageRun {
  readonly signal: AbortSignal;
  /** Cores that it may keep busy now: while a model is at work beside it, those that are left. */
  readonly cores: () => number;
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
  /** Everything besides the files of `needs` that decides what comes out, by names for people: settings, digests of the user's files. */
  readonly inputs: () => Promise<Readonly<Record<string, unknown>>>;
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
  /** See {@link StageInputs}. */
  parts: z.record(z.string(), z.string()).default({}),
});

/** That a stage is finished, and what it came to. */
export type StageRecord = Readonly<z.infer<typeof recordSchema>>;

/** What a stage depends on: what `needs` wrote, and its own inputs. */
export interface StageInputs {
  /** All of it as one hash. */
  readonly key: string;
  /** The hash of each part by its name, to tell which one changed. */
  readonly parts: Readonly<Record<string, string>>;
}

export async function stageInputs(
  stage: Stage,
  earlier: ReadonlyMap<string, StageRecord>,
): Promise<StageInputs> {
  const files = stage.needs.map((id) => [id, earlier.get(id)?.files ?? null] as const);
  const inputs = await stage.inputs();
  const own = Object.entries(inputs).map(([name, value]) => [name, hashJson(value)]);
  const written = files.map(([id, digests]) => [`what ${id} wrote`, hashJson(digests)]);
  return {
    key: hashJson({ stage: stage.id, files, inputs }),
    parts: Object.fromEntries([...own, ...written]),
  };
}

/** What is on record of a stage. */
export interface FoundStage {
  /** Of a stage that need not run; null = it has to. */
  readonly record: StageRecord | null;
  /** Why it has to run again, part by part; empty for one that never finished. */
  readonly changed: readonly string[];
}

/** Looks a stage up: it need not run where its inputs are as they were and its files as it left them. */
export async function findStage(folder: string, stage: Stage, inputs: StageInputs): Promise<FoundStage> {
  const record = await readStageRecord(folder, stage.id);
  if (record === null) return { record: null, changed: [] };
  const files = await changedFiles(folder, record);
  if (record.key === inputs.key && files.length === 0) return { record, changed: [] };
  const names = Object.keys({ ...record.parts, ...inputs.parts });
  const parts = names.filter((name) => record.parts[name] !== inputs.parts[name]);
  return { record: null, changed: record.key === inputs.key ? files : parts };
}

async function changedFiles(folder: string, { files }: StageRecord): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, digest] of Object.entries(files)) {
    if ((await hashFile(join(folder, name)).catch(() => null)) !== digest) changed.push(name);
  }
  return changed;
}

/** Runs a stage and keeps that it is finished. */
export async function runStage(
  folder: string,
  stage: Stage,
  { key, parts }: StageInputs,
  run: StageRun,
): Promise<StageRecord> {
  const startedAt = performance.now();
  const result = await stage.run(run);
  const files: [string, string][] = [];
  for (const name of stage.files) files.push([name, await hashFile(join(folder, name))]);
  const durationMs = performance.now() - startedAt;
  const record = { key, files: Object.fromEntries(files), result, durationMs, parts };
  await writeFileAtomically(recordFile(folder, stage.id), `${JSON.stringify(record)}\n`);
  return record;
}

/** What a stage left when it was last finished, whatever has changed since; null = nothing. */
export async function readStageRecord(folder: string, id: string): Promise<StageRecord | null> {
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
