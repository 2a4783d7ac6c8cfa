import { join } from 'node:path';
import { z } from 'zod';
import type { ExecuteSummary } from '../../contracts/execute-summary.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { hashJson } from '../../util/hash.ts';
import type { Stage, StageRecord } from './stage.ts';
import type { MeasuredWork } from './stage-meter.ts';

const stageRatesSchema = z.strictObject({
  /** Of the stage when it was measured: what is asked otherwise takes another time. */
  inputs: z.string(),
  work: z.record(
    z.string(),
    z.strictObject({ done: z.number().positive(), seconds: z.number().nonnegative() }),
  ),
  /** Samples, and the distinct candidates in them that can be executed; null for stages that write none. */
  found: z
    .strictObject({ samples: z.number().positive(), candidates: z.number().nonnegative() })
    .nullable()
    .default(null),
});
const ratesSchema = z.record(z.string(), stageRatesSchema);

/** How fast a stage was on this machine. */
export type StageRates = Readonly<z.infer<typeof stageRatesSchema>>;

/** Rates by the id of their stage. */
export type StudyRates = ReadonlyMap<string, StageRates>;

/** What was measured in this folder of stages whose inputs are still the same. */
export async function readRates(out: string, stages: readonly Stage[]): Promise<StudyRates> {
  const kept = await readKept(out);
  const found = new Map<string, StageRates>();
  for (const stage of stages) {
    const rates = kept[stage.id];
    if (rates !== undefined && rates.inputs === hashJson(await stage.inputs())) found.set(stage.id, rates);
  }
  return found;
}

/** What is kept of one stage: its own inputs, what was measured, and what it left. */
export interface NewRates {
  readonly stage: Stage;
  readonly work: Readonly<Record<string, MeasuredWork>>;
  readonly record: StageRecord | null;
}

/** Adds to what is kept of a stage; of two measurements of the same work the longer one stays. */
export async function keepRates(out: string, { stage, work, record }: NewRates): Promise<void> {
  const kept = await readKept(out);
  const inputs = hashJson(await stage.inputs());
  const before = kept[stage.id];
  const same = before?.inputs === inputs ? before : null;
  const all = { ...same?.work };
  for (const [what, found] of Object.entries(work)) {
    if ((all[what]?.done ?? 0) < found.done) all[what] = found;
  }
  kept[stage.id] = { inputs, work: all, found: foundIn(record) ?? same?.found ?? null };
  await writeFileAtomically(join(out, 'rates.json'), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Of a stage that wrote candidates. */
function foundIn(record: StageRecord | null): StageRates['found'] {
  const { samples, outcomes } = (record?.result ?? {}) as Partial<ExecuteSummary>;
  if (samples === undefined || outcomes === undefined || samples === 0) return null;
  const executable = outcomes.filter(({ outcome }) => outcome !== null);
  return { samples, candidates: executable.reduce((sum, { candidates }) => sum + candidates, 0) };
}

async function readKept(out: string): Promise<Record<string, StageRates>> {
  try {
    const value = await readJsonFile(join(out, 'rates.json'), 'rates of a study', 'plan the study again');
    return ratesSchema.safeParse(value).data ?? {};
  } catch (error) {
    // Without rates there are none: they are measured again.
    if (error instanceof CodejuryError) return {};
    throw error;
  }
}
