import { type CleanedText, type CleanOptions, cleanText } from '../../clean/clean-text.ts';
import type { Task } from '../../contracts/task.ts';
import { makeMutants } from '../../dataset/mutate/make-mutants.ts';
import type { Split } from '../../dataset/split-tasks.ts';
import { throwIfAborted } from '../../errors.ts';
import { findLanguage } from '../../lang/find-language.ts';
import type { CandidateTable } from '../../store/candidate-table.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { hashSeed } from '../../util/hash.ts';
import type { GrowingRun } from '../execute/execute-candidates.ts';

/** Who wrote a mutant, and who the task's own solution, where it is a candidate. */
export const MUTANT = 'mutant';
export const CANONICAL = 'canonical';

export interface AddMutantsOptions extends Partial<Pick<CleanOptions, 'dedupe' | 'asciiOnly'>> {
  readonly run: GrowingRun;
  readonly splits: ReadonlyMap<string, Split>;
  /** At most so many for each training task. */
  readonly most: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** What was added to the table of a run. */
export interface AddedMutants {
  /** Samples from this number on were added. */
  readonly firstSample: number;
  readonly made: number;
  /** Of these, how many are equal to another candidate, or nothing that would be taken from a sample. */
  readonly left: number;
  readonly canonicals: number;
}

/**
 * Adds mutants of right solutions of training tasks to the table: of the candidates that pass, and of the task's own
 * solution. That one becomes a candidate, too: if its mutants alone were there, its style would look wrong.
 *
 * @throws {CodejuryError} `aborted`
 */
export async function addMutants(options: AddMutantsOptions): Promise<AddedMutants> {
  const { run, splits, signal } = options;
  const firstSample = run.table.nextSample;
  let [made, left, canonicals] = [0, 0, 0];
  for (const task of run.index.tasks) {
    if (splits.get(task.id) !== 'train' || task.tests === null) continue;
    throwIfAborted(signal);
    const solutions = run.table.passing(task.id);
    const own = await ownSolution(task, options);
    if (own !== null && !run.table.has(keyOf(task, own))) {
      add(run.table, task, own, CANONICAL);
      solutions.push(own.code);
      canonicals += 1;
    }
    const added = await addMutantsOf(task, solutions, options);
    made += added.made;
    left += added.left;
  }
  run.table.flush();
  return { firstSample, made, left, canonicals };
}

async function addMutantsOf(
  task: Task,
  solutions: readonly string[],
  options: AddMutantsOptions,
): Promise<Pick<AddedMutants, 'made' | 'left'>> {
  const { table } = options.run;
  const language = findLanguage(task.language, options.run.languages, task.id);
  let [made, left] = [0, 0];
  for await (const { code } of makeMutants(language, solutions, hashSeed(options.seed, task.id))) {
    if (made - left >= options.most) break;
    made += 1;
    const cleaned = await cleanedText(task, code, 'chat', options);
    if (cleaned.rejected !== null || table.has(keyOf(task, cleaned))) left += 1;
    else add(table, task, cleaned, MUTANT);
  }
  return { made, left };
}

/** The task's own solution as a sample of it would be read: without the prompt's comment. Null unless it passes. */
async function ownSolution(task: Task, options: AddMutantsOptions): Promise<CleanedText | null> {
  const { canonical, completion } = task;
  if (canonical === null || (await options.run.passes(task)) !== true) return null;
  const isCompletion =
    completion !== null && canonical.startsWith(completion.head) && canonical.endsWith(completion.tail);
  const cleaned = isCompletion
    ? await cleanedText(
        task,
        canonical.slice(completion.head.length, canonical.length - completion.tail.length),
        'completion',
        options,
      )
    : await cleanedText(task, canonical, 'chat', options);
  return cleaned.rejected === null ? cleaned : null;
}

function cleanedText(
  task: Task,
  text: string,
  form: 'chat' | 'completion',
  { run, dedupe = 'tokens', asciiOnly = false }: AddMutantsOptions,
): Promise<CleanedText> {
  const language = findLanguage(task.language, run.languages, task.id);
  return cleanText({ task: { ...task, prompt: null }, language, text, form, options: { dedupe, asciiOnly } });
}

function keyOf(task: Task, { dedupeKey }: CleanedText): string {
  return candidateId(task.id, dedupeKey);
}

function add(table: CandidateTable, task: Task, cleaned: CleanedText, generator: string): void {
  const { code } = cleaned;
  const id = candidateId(task.id, code);
  table.add(table.nextSample, {
    ...{ candidateId: id, key: keyOf(task, cleaned), taskId: task.id },
    ...{ code, generator, rejected: null },
  });
}
