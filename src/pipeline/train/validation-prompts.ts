import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import type { ModelCardFacts } from '../../train/model-card.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { CollectedRows } from './collect-rows.ts';
import { keepProbedRows } from './validation-rows.ts';

const FILE = 'validation-prompts.jsonl';

const lineSchema = z.strictObject({
  taskId: z.string(),
  candidateId: z.string(),
  shared: z.string(),
  own: z.string(),
  /** Index of the label that is right. */
  label: z.int().nonnegative(),
});

/** A question of validation as the served judge is asked it. */
export type ValidationPrompt = Readonly<z.output<typeof lineSchema>>;

const DATA_CARD = 'data-card.json';

/**
 * Keeps in a run folder what a judge is measured and described with once it is served: the texts of the validation rows (of a head,
 * the rows), task by task, and the data card of the dataset.
 */
export async function keepForMeasuring(
  folder: string,
  dataset: string,
  { validation: rows, probed }: Pick<CollectedRows, 'validation' | 'probed'>,
): Promise<void> {
  await copyFile(join(dataset, DATA_CARD), join(folder, DATA_CARD));
  if (probed !== null) {
    await keepProbedRows(folder, probed);
    return;
  }
  const sorted = rows.toSorted((a, b) => (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : 0));
  await writeLinesAtomically(
    join(folder, FILE),
    sorted
      .values()
      .map(({ taskId, candidateId, prompt: { shared, own }, label }) =>
        JSON.stringify({ taskId, candidateId, shared, own, label }),
      ),
  );
}

/** @throws {CodejuryError} `not-found` or `usage`, naming file and line. */
export async function readValidationPrompts(folder: string): Promise<readonly ValidationPrompt[]> {
  const prompts: ValidationPrompt[] = [];
  const file = join(folder, FILE);
  for await (const { value, line } of readJsonRecords(file)) {
    prompts.push(parseStrict(lineSchema, value, `${file}:${line}`));
  }
  return prompts;
}

/** What is told of a dataset; lenient, since cards of other versions have other fields. */
const dataCardSchema = z.object({
  benchmarks: z.array(z.object({ benchmark: z.string(), language: z.string(), tasks: z.number() })),
  licences: z.array(z.object({ licence: z.string(), tasks: z.number() })),
  generators: z.array(z.object({ generator: z.string(), candidates: z.number() })),
  runners: z.array(z.string()),
});

/** From the copy of the data card in a run folder; null where there is none. */
export async function readDataFacts(runFolder: string): Promise<ModelCardFacts['data']> {
  const text = await readFile(join(runFolder, DATA_CARD), 'utf8').catch(() => null);
  const card = text === null ? null : dataCardSchema.safeParse(JSON.parse(text)).data;
  return card == null
    ? null
    : {
        benchmarks: card.benchmarks.map(
          ({ benchmark, language, tasks }) => `${benchmark} (${language}, ${tasks} tasks)`,
        ),
        licences: card.licences.map(({ licence, tasks }) => `${licence} (${tasks} tasks)`),
        generators: card.generators.map(({ generator, candidates }) => `${generator} (${candidates})`),
        runners: card.runners,
      };
}
