import { CodejuryError } from '../../errors.ts';
import { chooseRows } from '../../train/choose-rows.ts';
import { type RowRules, type TextRow, trainingRows, validationRow } from '../../train/judge-rows.ts';
import { fixPairRows } from './fix-pair-rows.ts';
import { generatorRows } from './generator-rows.ts';
import { type DatasetCandidate, readDataset } from './read-dataset.ts';
import type { ProbeRow } from './read-probe-rows.ts';
import type { TrainOptions } from './train-options.ts';

/** All rows of a training, by what they are for. */
export interface CollectedRows {
  readonly train: readonly TextRow[];
  readonly validation: readonly TextRow[];
  readonly firstStage: readonly TextRow[] | null;
  /** Of a head: the candidates of validation as a probe reads them. */
  readonly probed: readonly ProbeRow[] | null;
  readonly dataset: { readonly name: string; readonly digest: string };
}

/**
 * The rows that an objective makes of a dataset.
 *
 * @throws {CodejuryError} `usage` when there is nothing to learn from: no rows, no validation, or one class only; and as readDataset.
 */
export async function collectRows(options: TrainOptions): Promise<CollectedRows> {
  const { objective, scheme, layout, head, seed, limitRows } = options;
  const dataset = await readDataset(options.dataset);
  const { name, digest } = dataset;
  if (objective === 'generate') {
    const rows = await generatorRows(options.dataset, seed);
    const limited = (list: readonly TextRow[]) => list.slice(0, limitRows ?? list.length);
    const found = { train: limited(rows.train), validation: limited(rows.validation) };
    requireRows(found, options);
    return { ...found, firstStage: null, probed: null, dataset: { name, digest } };
  }
  const rules: RowRules = { objective, scheme, layout, head };
  const taskOf = ({ taskId }: DatasetCandidate) => {
    const task = dataset.tasks.get(taskId);
    if (task === undefined)
      throw new CodejuryError('usage', `${options.dataset}: there is no task ${taskId}`);
    return task;
  };
  const chosen = chooseRows(dataset.train, { seed, limit: limitRows, balanceTasks: options.balanceTasks });
  const train = chosen.flatMap((candidate) => trainingRows(taskOf(candidate), candidate, rules));
  const asked = chooseRows(dataset.validation, { seed, limit: limitRows, balanceTasks: false });
  const validation = asked.flatMap((candidate) => validationRow(taskOf(candidate), candidate, rules) ?? []);
  requireRows({ train, validation }, options);
  requireClasses(train);
  const firstStage = options.fixPairs === null ? null : await fixPairRows(options.fixPairs, rules);
  const probed = asked.map((candidate) => {
    const { id, problem, language, description, signature } = taskOf(candidate);
    const { code, label } = candidate;
    return { task: { id, problem, language, description, signature }, code, label };
  });
  return {
    train,
    validation,
    firstStage,
    probed: head === 'probe' ? probed : null,
    dataset: { name, digest },
  };
}

function requireRows(
  { train, validation }: Pick<CollectedRows, 'train' | 'validation'>,
  { dataset, objective }: TrainOptions,
): void {
  if (train.length > 0 && validation.length > 0) return;
  const kind = train.length === 0 ? 'training' : 'validation';
  const given = objective === 'rankef' || objective === 'faults';
  throw new CodejuryError('usage', `${dataset}: no rows of ${kind} tasks for the objective ${objective}`, {
    hint: given
      ? 'this objective needs candidates that were executed here: labels alone do not tell why one is wrong'
      : 'a dataset needs candidates of training and of validation tasks: `codejury dataset build` divides them 7:1:2',
  });
}

function requireClasses(train: readonly TextRow[]): void {
  const classes = new Set(train.map(({ label }) => label).filter((label) => label !== null));
  if (classes.size > 1) return;
  throw new CodejuryError('usage', 'the training rows have one class only: there is nothing to learn', {
    hint: 'the dataset needs correct and wrong candidates of training tasks',
  });
}
