import type { DataCard } from '../../contracts/data-card.ts';
import { createLengthHistogram } from '../../dataset/length-histogram.ts';
import { type Split, splits } from '../../dataset/split-tasks.ts';
import { zeroShotJudgePrompt } from '../../prompts/zero-shot-judge.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { groupProblems } from '../../util/problem-groups.ts';
import type { LabelledRows } from './labelled-rows.ts';

type Survey = Pick<DataCard, 'outcomes' | 'splits' | 'lengths' | 'benchmarks' | 'licences' | 'generators'> & {
  readonly candidates: number;
};

/** Counts what a dataset holds, in one pass. */
export function surveyDataset(
  labelled: LabelledRows,
  index: TaskIndex,
  splitOf: ReadonlyMap<string, Split>,
): Survey {
  const outcomes = new Map<string, number>();
  const generators = new Map<string, number>();
  const perSplit = new Map(
    splits.map((split) => [split, { correct: 0, wrong: 0, tasks: new Set<string>() }]),
  );
  const [codeLengths, promptLengths] = [createLengthHistogram(), createLengthHistogram()];
  let candidates = 0;
  for (const { task, split, candidate, generator } of labelled.rows()) {
    candidates += 1;
    count(outcomes, candidate.outcome ?? 'given');
    count(generators, generator ?? 'unknown');
    const counts = perSplit.get(split);
    if (counts !== undefined) {
      counts[candidate.label === 1 ? 'correct' : 'wrong'] += 1;
      counts.tasks.add(task.id);
    }
    codeLengths.add(candidate.code.length);
    const { shared, own } = zeroShotJudgePrompt(task, candidate.code);
    promptLengths.add(shared.length + own.length);
  }
  const kept = index.tasks.filter(({ id }) => splitOf.has(id));
  const problems = groupProblems(kept);
  const benchmarks = new Map<string, number>();
  const licences = new Map<string, number>();
  for (const task of kept) {
    count(benchmarks, JSON.stringify([task.benchmark, task.language]));
    count(licences, typeof task.metadata.licence === 'string' ? task.metadata.licence : 'not stated');
  }
  return {
    candidates,
    outcomes: ranked(outcomes).map(([outcome, candidates]) => ({
      outcome: outcome as Survey['outcomes'][number]['outcome'],
      candidates,
    })),
    splits: splits.map((split) => {
      const tasks = kept.filter(({ id }) => splitOf.get(id) === split);
      const { correct = 0, wrong = 0, tasks: withCandidates } = perSplit.get(split) ?? {};
      return {
        split,
        problems: new Set(tasks.map(({ id }) => problems.of.get(id))).size,
        tasks: tasks.length,
        tasksWithCandidates: withCandidates?.size ?? 0,
        candidates: correct + wrong,
        correct,
        wrong,
      };
    }),
    lengths: [codeLengths.summary('candidate'), promptLengths.summary('judge prompt')],
    benchmarks: ranked(benchmarks).map(([key, tasks]) => {
      const [benchmark = '', language = ''] = JSON.parse(key) as string[];
      return { benchmark, language, tasks };
    }),
    licences: ranked(licences).map(([licence, tasks]) => ({ licence, tasks })),
    generators: ranked(generators).map(([generator, candidates]) => ({ generator, candidates })),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Most frequent first, then by name. */
function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
