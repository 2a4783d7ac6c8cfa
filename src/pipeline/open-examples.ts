import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import { type Task, taskSchema } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { hashFile } from '../io/hash-file.ts';
import { readJsonRecords } from '../io/read-json-records.ts';
import type { ExampleSource } from '../judge/few-shot-strategy.ts';
import { codeTokens } from '../judge/retrieval/code-tokens.ts';
import { createExampleIndex, type Example, type ExampleIndex } from '../judge/retrieval/example-index.ts';
import { retrieveExamples } from '../judge/retrieval/retrieve-examples.ts';
import { findLanguage } from '../lang/find-language.ts';
import { hashParts } from '../util/hash.ts';

const CANDIDATES = 'candidates.jsonl';
const TASKS = 'tasks.jsonl';

const candidateSchema = z.object({
  taskId: z.string(),
  split: z.string(),
  candidateId: z.string(),
  code: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
});
type LabelledLine = z.infer<typeof candidateSchema>;

/** A candidate that may be shown. */
interface FewShotExample extends Example {
  readonly task: Task;
  readonly code: string;
}

/**
 * The training candidates of a dataset folder (or of its `candidates.jsonl`) as examples to retrieve from. They are compared
 * with candidates of their own language only, and the tasks of one problem count as one task: nothing of the problem that
 * a candidate is for is ever shown.
 *
 * @throws {CodejuryError} `not-found` or `usage` for a folder that is no dataset, or has no training candidates of both labels.
 */
export async function openExamples(
  path: string,
  languages: readonly CustomLanguage[],
): Promise<ExampleSource> {
  const folder = path.endsWith('.jsonl') ? dirname(path) : path;
  const tasks = await readTrainingTasks(join(folder, TASKS));
  const lines = await readTrainingCandidates(join(folder, CANDIDATES), tasks);
  const labels = new Set(lines.map(({ label }) => label));
  if (labels.size < 2) {
    throw new CodejuryError(
      'usage',
      lines.length === 0
        ? `${folder}: no labelled candidates of training tasks`
        : `${folder}: all candidates of training tasks are ${labels.has(1) ? 'correct' : 'wrong'}`,
      { hint: 'few-shot judging shows one correct and one wrong candidate; build a dataset that has both' },
    );
  }
  const digests = await Promise.all([TASKS, CANDIDATES].map((name) => hashFile(join(folder, name))));
  const languageOf = (id: string) => findLanguage(id, languages);
  const indexes = new Map<string, Promise<ExampleIndex<FewShotExample>>>();
  const indexOf = (language: string): Promise<ExampleIndex<FewShotExample>> => {
    const { id } = languageOf(language);
    const known = indexes.get(id) ?? buildIndex(id);
    indexes.set(id, known);
    return known;
  };
  const buildIndex = async (id: string): Promise<ExampleIndex<FewShotExample>> => {
    const examples: FewShotExample[] = [];
    for (const { taskId, candidateId, code, label } of lines) {
      const task = tasks.get(taskId);
      if (task === undefined || languageOf(task.language).id !== id) continue;
      const tokens = await codeTokens(languageOf(id), code);
      examples.push({ id: candidateId, taskId: problemOf(task), label, tokens, task, code });
    }
    return createExampleIndex(examples);
  };
  return {
    digest: hashParts(...digests),
    find: async (task, code) => {
      const tokens = await codeTokens(languageOf(task.language), code);
      const query = { taskId: problemOf(task), tokens };
      const { correct, incorrect } = retrieveExamples(query, await indexOf(task.language));
      return { correct: correct.example, incorrect: incorrect.example };
    },
  };
}

function problemOf({ id, problem }: Pick<Task, 'id' | 'problem'>): string {
  return problem ?? id;
}

async function readTrainingTasks(path: string): Promise<ReadonlyMap<string, Task>> {
  const lineSchema = z.object({ split: z.string(), task: taskSchema });
  const tasks = new Map<string, Task>();
  for await (const { value, line } of readJsonRecords(path)) {
    const { split, task } = parseLine(lineSchema, value, path, line);
    if (split === 'train') tasks.set(task.id, task);
  }
  return tasks;
}

async function readTrainingCandidates(
  path: string,
  tasks: ReadonlyMap<string, Task>,
): Promise<readonly LabelledLine[]> {
  const lines: LabelledLine[] = [];
  for await (const { value, line } of readJsonRecords(path)) {
    const candidate = parseLine(candidateSchema, value, path, line);
    // A task that is not in the dataset any more cannot be shown.
    if (candidate.split === 'train' && tasks.has(candidate.taskId)) lines.push(candidate);
  }
  return lines;
}

function parseLine<S extends z.ZodType>(schema: S, value: unknown, path: string, line: number): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new CodejuryError('usage', `${path}:${line}: not a line of a dataset`, {
      hint: '`codejury dataset build` makes the folder that examples come from',
      cause: parsed.error,
    });
  }
  return parsed.data;
}
