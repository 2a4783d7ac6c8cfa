import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { type Split, splits } from '../../dataset/split-tasks.ts';
import { feedbackRow, solutionRow, verdictRow } from '../../dataset/training-row.ts';
import { findLanguage } from '../../lang/find-language.ts';
import { promptLanguage } from '../../prompts/generator.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { CANONICAL } from './add-mutants.ts';
import type { DatasetRow, LabelledRows } from './labelled-rows.ts';

/** A file of the dataset: its name, and its lines as often as they are asked for. */
export interface DatasetFile {
  readonly name: string;
  readonly lines: () => Iterable<string>;
}

export interface DatasetFilesOptions {
  readonly labelled: LabelledRows;
  readonly index: TaskIndex;
  readonly splits: ReadonlyMap<string, Split>;
  readonly failedReferences: ReadonlySet<string>;
  readonly languages: readonly CustomLanguage[];
}

/** All files of a dataset but the data card. */
export function datasetFiles(options: DatasetFilesOptions): DatasetFile[] {
  const { labelled, index } = options;
  const judgeFile = (kind: string, split: Split, toRow: (row: DatasetRow) => object | null): DatasetFile => ({
    name: `${kind}.${split}.jsonl`,
    lines: function* () {
      for (const row of labelled.rows()) {
        const written = row.split === split ? toRow(row) : null;
        if (written !== null) yield JSON.stringify(written);
      }
    },
  });
  return [
    { name: 'tasks.jsonl', lines: () => tasksIn(options) },
    { name: 'candidates.jsonl', lines: () => candidatesIn(labelled) },
    ...splits.map((split) =>
      judgeFile('judge-label', split, ({ task, candidate }) => verdictRow(task, candidate)),
    ),
    ...splits.map((split) =>
      judgeFile('judge-feedback', split, ({ task, candidate }) => feedbackRow(task, candidate)),
    ),
    { name: 'generator.train.jsonl', lines: () => solutionsIn(options, index) },
  ];
}

function* tasksIn({ index, splits: splitOf }: DatasetFilesOptions): Generator<string> {
  for (const task of index.tasks) {
    const split = splitOf.get(task.id);
    if (split !== undefined) yield JSON.stringify({ split, task });
  }
}

function* candidatesIn(labelled: LabelledRows): Generator<string> {
  for (const { task, split, candidate, samples, generator } of labelled.rows()) {
    yield JSON.stringify({ taskId: task.id, split, ...candidate, samples, generator });
  }
}

/** For the generator: own solutions of training tasks, then candidates that pass; never anything of another split. */
function* solutionsIn(options: DatasetFilesOptions, index: TaskIndex): Generator<string> {
  const { labelled, splits: splitOf, failedReferences, languages } = options;
  const language = (id: string) => promptLanguage(findLanguage(id, languages));
  for (const task of index.tasks) {
    if (task.canonical === null || splitOf.get(task.id) !== 'train' || failedReferences.has(task.id))
      continue;
    const solution = { candidateId: candidateId(task.id, task.canonical), code: task.canonical };
    yield JSON.stringify(solutionRow(task, solution, language(task.language)));
  }
  for (const { task, split, candidate, generator } of labelled.rows()) {
    const isOwn = generator === CANONICAL || candidate.code === task.canonical?.trim();
    if (split !== 'train' || candidate.label === 0 || isOwn) continue;
    yield JSON.stringify(solutionRow(task, candidate, language(task.language)));
  }
}
