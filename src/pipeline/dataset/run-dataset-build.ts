import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DataCard } from '../../contracts/data-card.ts';
import { renderDataCard } from '../../dataset/render-data-card.ts';
import { type Split, type SplitRatio, splitTasks } from '../../dataset/split-tasks.ts';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { hashFile } from '../../io/hash-file.ts';
import { temporaryBeside } from '../../io/temporary-beside.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { GENERATOR_PROMPT_HASH } from '../../prompts/generator.ts';
import { ZERO_SHOT_JUDGE_HASH } from '../../prompts/zero-shot-judge.ts';
import {
  type CandidateRun,
  type CandidateRunOptions,
  executeCandidates,
  type GrowingRun,
} from '../execute/execute-candidates.ts';
import { packageVersion } from '../package-version.ts';
import { type AddedMutants, addMutants } from './add-mutants.ts';
import { type DatasetFile, datasetFiles } from './dataset-files.ts';
import { candidateFunnel, taskFunnel } from './dataset-funnel.ts';
import { type LabelledRows, labelledRows } from './labelled-rows.ts';
import { readKeptSplits } from './read-kept-splits.ts';
import { surveyDataset } from './survey-dataset.ts';

export interface DatasetBuildOptions extends CandidateRunOptions {
  /** Parts of the problems for training, validation and test. */
  readonly ratio: SplitRatio;
  /** Decides the split and which candidates a cap keeps. */
  readonly seed: number;
  /** See CleanOptions. */
  readonly dedupe: 'tokens' | 'exact';
  readonly asciiOnly: boolean;
  /** At most so many candidates of each class of a training task; null = all. */
  readonly capPerClass: number | null;
  /** At most so many mutants of each training task; null = none. */
  readonly mutants: number | null;
  /** An earlier dataset whose problems stay in their parts; null = none. */
  readonly keepSplits: string | null;
}

const CARD = 'data-card.json';

/**
 * Builds a dataset folder from tasks and candidates: the function is taken out of each sample, distinct ones are executed (or
 * keep the labels they came with, where their task has no tests), tasks are divided, and the training files written. The
 * same inputs and settings give the same bytes. The folder appears when it is complete.
 *
 * @throws {CodejuryError} `usage` for a folder that holds something else; and as executeCandidates.
 */
export async function runDatasetBuild(options: DatasetBuildOptions): Promise<DataCard> {
  const out = resolve(options.out);
  await checkOut(out);
  const kept = options.keepSplits === null ? undefined : await readKeptSplits(options.keepSplits);
  const { mutants, seed, ratio } = options;
  const divide: Divide = ({ index, excluded, failedReferences }) => {
    const failed = new Set(failedReferences);
    return splitTasks(
      index.tasks.filter(({ id }) => !excluded.has(id) && !failed.has(id)),
      seed,
      ratio,
      kept,
    );
  };
  let added: AddedMutants | null = null;
  const addMore = async (run: GrowingRun) => {
    added = await addMutants({ ...options, run, splits: divide(run), most: mutants ?? 0 });
    if (added.made === 0) {
      options.onNotice(
        'no mutants: no training task has tests and a solution that passes them, in a language with a grammar',
      );
    }
  };
  return executeCandidates(
    {
      ...options,
      ...{ out, clean: 'always', startLog: null, needTests: false },
      ...(mutants === null ? {} : { addMore }),
    },
    (run) => buildDataset(run, { ...options, out }, divide(run), added),
  );
}

type Divide = (
  run: Pick<CandidateRun, 'index' | 'excluded' | 'failedReferences'>,
) => ReadonlyMap<string, Split>;

async function buildDataset(
  run: CandidateRun,
  options: DatasetBuildOptions,
  splits: ReadonlyMap<string, Split>,
  added: AddedMutants | null,
): Promise<DataCard> {
  const { table, index, excluded, leftOut, executor, languages } = run;
  const { seed, ratio, limits } = options;
  const failedReferences = new Set(run.failedReferences);
  const firstAdded = added?.firstSample ?? null;
  const labelled = labelledRows({ ...options, table, index, splits, failedReferences, firstAdded });
  const { candidates, ...survey } = surveyDataset(labelled, index, splits);
  // Where a task has no tests, its candidates came with their labels, and nothing has to run here.
  const used = new Set(
    table.byTask().flatMap(({ taskId }) => {
      const task = index.get(taskId);
      return task === null || task.tests === null ? [] : [task.language];
    }),
  );
  const card: Omit<DataCard, 'files'> = {
    codejury: await packageVersion(),
    settings: {
      seed,
      ratio,
      dedupe: options.dedupe,
      asciiOnly: options.asciiOnly,
      capPerClass: options.capPerClass,
      mutants: options.mutants,
      keepSplits: options.keepSplits === null ? null : basename(resolve(options.keepSplits)),
      limits,
    },
    inputs: [...(await digests(options)), ...run.writers.map(describeWriter)],
    runners: await Promise.all([...used].sort().map(async (id) => (await executor.runner(id)).fingerprint)),
    funnel: [
      ...taskFunnel(index.tasks.length, excluded.size, failedReferences.size),
      ...candidateFunnel({ table, leftOut, labelled, candidates, added }),
    ],
    ...survey,
    templates: { judge: ZERO_SHOT_JUDGE_HASH, generator: GENERATOR_PROMPT_HASH },
  };
  tellWhatIsMissing(card, labelled, options);
  const files = datasetFiles({ labelled, index, splits, failedReferences, languages });
  return writeFolder(options.out, files, card);
}

function tellWhatIsMissing(
  { splits }: Pick<DataCard, 'splits'>,
  { removed }: LabelledRows,
  { ratio, onNotice }: Pick<DatasetBuildOptions, 'ratio' | 'onNotice'>,
): void {
  const unexecuted = removed.get('sandbox error') ?? 0;
  if (unexecuted > 0) onNotice(`left out, since they could not be executed: ${unexecuted} candidates`);
  const empty = splits.filter(({ candidates }) => candidates === 0).map(({ split }) => split);
  if (empty.length > 0) {
    onNotice(
      `without candidates: ${empty.join(', ')}; tasks are divided ${ratio.join(':')}; give more tasks with candidates`,
    );
  }
}

/** A model and how it was asked, as an input of the dataset. */
function describeWriter({ writer, samples }: CandidateRun['writers'][number]): DataCard['inputs'][number] {
  const { model, settings, promptKind } = writer;
  return {
    name: `generator ${model.name} ${JSON.stringify({ samples, ...settings, prompt: promptKind })}`,
    sha256: model.digest,
  };
}

/** @throws {CodejuryError} `usage` when the folder holds anything but a dataset; `not-found` when it cannot be made. */
async function checkOut(out: string): Promise<void> {
  try {
    const names = await readdir(out);
    if (names.length > 0 && !names.includes(CARD)) {
      throw new CodejuryError('usage', `--out: ${out} holds other files`, {
        hint: 'name a new or empty folder, or that of an earlier dataset, which is replaced',
      });
    }
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') {
      throw new CodejuryError('usage', `--out: ${out} is a file, expected a folder`, { cause: error });
    }
    if (errorCode(error) !== 'ENOENT') throw error;
    await readdir(dirname(out)).catch((cause: unknown) => {
      throw new CodejuryError('not-found', `--out: there is no folder ${dirname(out)}`, {
        hint: 'make it first',
        cause,
      });
    });
  }
}

async function digests({ tasks, source, exclude }: DatasetBuildOptions): Promise<DataCard['inputs']> {
  const samples = source.kind === 'samples' ? source.paths : [];
  const named = Object.entries({ tasks, samples, exclude: exclude === null ? [] : [exclude] });
  const places = named.flatMap(([kind, paths]) => paths.map((path) => [kind, path] as const));
  const found = places.map(async ([kind, path]) => {
    const name = `${kind} ${basename(path)}`;
    const sha256 = await hashFile(path).catch(() => null);
    // A folder or a bundled set has no digest of its own; its tasks are in tasks.jsonl, which has one.
    return sha256 === null ? [] : [{ name, sha256 }];
  });
  return (await Promise.all(found)).flat();
}

/** Writes everything into a folder beside the final one, then puts it into its place. */
async function writeFolder(
  out: string,
  files: readonly DatasetFile[],
  card: Omit<DataCard, 'files'>,
): Promise<DataCard> {
  const temporary = await temporaryBeside(out);
  await mkdir(temporary);
  try {
    const written: DataCard['files'][number][] = [];
    for (const { name, lines } of files) {
      let count = 0;
      const counted = function* () {
        for (const line of lines()) {
          count += 1;
          yield line;
        }
      };
      await writeLinesAtomically(join(temporary, name), counted());
      written.push({ file: name, lines: count, sha256: await hashFile(join(temporary, name)) });
    }
    const whole: DataCard = { ...card, files: written };
    await writeFileAtomically(join(temporary, 'data-card.md'), renderDataCard(whole));
    await writeFileAtomically(join(temporary, CARD), `${JSON.stringify(whole, null, 2)}\n`);
    await rm(out, { recursive: true, force: true });
    await rename(temporary, out);
    return whole;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
