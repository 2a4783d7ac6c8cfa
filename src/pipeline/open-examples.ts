import { dirname, join } from 'node:path';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { hashFile } from '../io/hash-file.ts';
import type { ExampleSource } from '../judge/few-shot-strategy.ts';
import { codeTokens } from '../judge/retrieval/code-tokens.ts';
import { createExampleIndex, type Example, type ExampleIndex } from '../judge/retrieval/example-index.ts';
import { retrieveExamples } from '../judge/retrieval/retrieve-examples.ts';
import { findLanguage } from '../lang/find-language.ts';
import { hashParts } from '../util/hash.ts';
import { groupProblems, type ProblemGroups } from '../util/problem-groups.ts';
import { type DatasetCandidateLine, readDatasetCandidates, readDatasetTasks } from './read-dataset-lines.ts';

/** A candidate that may be shown. */
interface FewShotExample extends Example {
  readonly task: Task;
  readonly code: string;
}

/**
 * The training candidates of a dataset folder (or of its `candidates.jsonl`) as examples to retrieve from. They are compared
 * with candidates of their own language only, and tasks about the same (see groupProblems) count as one task: nothing of the
 * problem that a candidate is for is ever shown.
 *
 * @throws {CodejuryError} `not-found` or `usage` for a folder that is no dataset, or has no training candidates of both labels.
 */
export async function openExamples(
  path: string,
  languages: readonly CustomLanguage[],
): Promise<ExampleSource> {
  const folder = path.endsWith('.jsonl') ? dirname(path) : path;
  const { tasks, problems } = await readTrainingTasks(folder);
  const lines = await readTrainingCandidates(folder, tasks);
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
  const files = ['tasks.jsonl', 'candidates.jsonl'];
  const digests = await Promise.all(files.map((name) => hashFile(join(folder, name))));
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
      examples.push({
        id: candidateId,
        taskId: problems.of.get(taskId) ?? taskId,
        label,
        tokens,
        task,
        code,
      });
    }
    return createExampleIndex(examples);
  };
  return {
    digest: hashParts(...digests),
    find: async (task, code) => {
      const tokens = await codeTokens(languageOf(task.language), code);
      const query = { taskId: task.id, sameAs: problems.about(task), tokens };
      const { correct, incorrect } = retrieveExamples(query, await indexOf(task.language));
      return { correct: correct.example, incorrect: incorrect.example };
    },
  };
}

async function readTrainingTasks(
  folder: string,
): Promise<{ readonly tasks: ReadonlyMap<string, Task>; readonly problems: ProblemGroups }> {
  const lines = await Array.fromAsync(readDatasetTasks(folder));
  const training = lines.filter(({ split }) => split === 'train');
  return {
    tasks: new Map(training.map(({ task }) => [task.id, task])),
    // Of all tasks: one of another part may be what makes two the same.
    problems: groupProblems(lines.map(({ task }) => task)),
  };
}

async function readTrainingCandidates(
  folder: string,
  tasks: ReadonlyMap<string, Task>,
): Promise<readonly DatasetCandidateLine[]> {
  const lines: DatasetCandidateLine[] = [];
  for await (const candidate of readDatasetCandidates(folder)) {
    // A task that is not in the dataset any more cannot be shown.
    if (candidate.split === 'train' && tasks.has(candidate.taskId)) lines.push(candidate);
  }
  return lines;
}
