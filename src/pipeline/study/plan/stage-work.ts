import type { StudyWriter } from '../../../contracts/study-config.ts';
import type { StageWork } from '../../../contracts/study-plan.ts';
import type { StudyRates } from '../study-rates.ts';
import type { StudyRun } from '../study-run.ts';

/** Samples of generated tests that rankers take for a task. */
const TEST_SAMPLES = 10;
const WITH_TESTS = ['codet', 'behaviour-clusters'];
const WITH_LIKELIHOOD = ['log-likelihood', 'shallow', 'coder-reviewer', 'coder-reviewer-mean'];

/** What a stage has to do: at most, and what is expected, by the names that its progress has. */
export interface CountedWork {
  readonly work: StageWork;
  /** Of rankers, tasks. */
  readonly expected: ReadonlyMap<string, number>;
}

export interface WorkInputs {
  readonly config: StudyRun['config'];
  readonly tasks: number;
  /** Samples of each pool, by the name of its writer. */
  readonly pools: ReadonlyMap<string, number>;
  readonly rates: StudyRates;
}

export const NO_WORK: StageWork = { samples: 0, executions: 0, judgements: 0, likelihoods: 0 };

/** The work of every stage that asks models or executes, by its id, as if nothing were on record. */
export function studyWork(inputs: WorkInputs): ReadonlyMap<string, CountedWork> {
  const { config, tasks, rates } = inputs;
  const { generators, largeModels, judges, rankers } = config;
  const found = new Map<string, CountedWork>();
  for (const writer of [...generators, ...largeModels]) {
    const samples = samplesOf(writer, inputs);
    const drawn = writer.pool === null ? samples : 0;
    found.set(`samples-${writer.name}`, {
      work: { ...NO_WORK, samples: drawn, executions: samples },
      expected: new Map([
        ...(drawn > 0 ? [['generating', drawn] as const] : []),
        ['executing', expectedCandidates(writer, samples, rates)],
      ]),
    });
  }
  for (const writer of generators) {
    const samples = samplesOf(writer, inputs);
    const candidates = expectedCandidates(writer, samples, rates);
    if (judges.length > 0) {
      found.set(`verdicts-${writer.name}`, {
        work: { ...NO_WORK, judgements: samples * judges.length },
        expected: new Map([['judging', candidates * judges.length]]),
      });
    }
    const named = rankers.map((ranker) => ranker.replace(/:.*$/s, ''));
    const asks = (names: readonly string[]) =>
      named.filter((name) => name === 'all' || names.includes(name)).length;
    found.set(`choices-${writer.name}`, {
      work: {
        ...NO_WORK,
        samples: asks(WITH_TESTS) > 0 ? tasks * TEST_SAMPLES : 0,
        likelihoods: samples * asks(WITH_LIKELIHOOD),
      },
      expected: new Map([['ranking', tasks]]),
    });
  }
  return found;
}

function samplesOf({ name, pool, samples }: StudyWriter, { tasks, pools }: WorkInputs): number {
  return pool === null ? tasks * samples : (pools.get(name) ?? 0);
}

/** Distinct candidates that can be executed, by the share of them in what was measured; all samples where nothing was. */
function expectedCandidates({ name }: StudyWriter, samples: number, rates: StudyRates): number {
  const found = rates.get(`samples-${name}`)?.found ?? null;
  return found === null ? samples : (samples * found.candidates) / found.samples;
}
