import type { Gpu } from '../../../contracts/gpu.ts';
import type { StudyWriter } from '../../../contracts/study-config.ts';
import type { StudyCost, StudyCosts, StudyModelMemory } from '../../../contracts/study-costs.ts';
import type { StudyReport } from '../../../contracts/study-report.ts';
import type { Task } from '../../../contracts/task.ts';
import { costOfAnswer } from '../../../evaluate/cost/cost-of-answer.ts';
import { type WayOfChoosing, waysOfChoosing } from '../../../report/tables/ways-of-choosing.ts';
import { judgeDollars, type StageDollars, writerDollars } from '../plan/stage-dollars.ts';
import { NO_WORK } from '../plan/stage-work.ts';
import { dollarInputs } from '../plan/study-dollars.ts';
import { isServer } from '../study-models.ts';
import type { StudyRun } from '../study-run.ts';
import { type CostedModel, judgeModel, modelKey, modelMemory, writerModel } from './model-memory.ts';

type Measured = Pick<StudyReport, 'config' | 'teams' | 'generators'>;

/** An answer of one kind: what is asked for it. */
interface Asked {
  readonly generator: string | null;
  readonly way: Pick<WayOfChoosing, 'name' | 'kind' | 'passAt1'>;
  /** Named so in `costs.seconds`. */
  readonly of: string;
  readonly n: number;
  readonly models: readonly CostedModel[];
  readonly api: StageDollars;
}

/**
 * What a single candidate, each team with each number of candidates and each larger model need, cost and serve. Models that are the same file are
 * loaded once: an adapter is some megabytes beside it.
 *
 * @param gpus to choose among
 */
export async function studyCosts(
  study: StudyRun,
  measured: Measured,
  { gpus, tasks }: { readonly gpus: readonly Gpu[]; readonly tasks: readonly Task[] },
): Promise<StudyCosts> {
  const asked = await askedModels(study, measured, tasks);
  const memory = new Map<string, StudyModelMemory>();
  for (const model of asked.flatMap(({ models }) => models)) {
    const key = modelKey(model, study);
    if (!memory.has(key)) memory.set(key, await modelMemory(model, study));
  }
  const bought = new Set<Gpu>();
  const rows = asked.map((entry) => costOf(entry, study, { memory, gpus, bought }));
  return {
    models: [...memory.values()],
    rows,
    prices: gpus
      .filter((gpu) => bought.has(gpu))
      .map(({ name, memoryGb, dollars, asOf, source }) => ({ gpu: name, memoryGb, dollars, asOf, source })),
  };
}

async function askedModels(
  study: StudyRun,
  measured: Measured,
  tasks: readonly Task[],
): Promise<readonly Asked[]> {
  const { config, folder } = study;
  const judged = await Promise.all(
    config.judges.map(async (judge) => [judge.name, await judgeModel(judge, folder)] as const),
  );
  const found = await dollarInputs(study, tasks);
  // A server whose model the config describes is one's own, whatever it may cost others.
  const prices = Object.entries(found.prices).filter(([name]) => config.costs.models[name] === undefined);
  const inputs = { ...found, prices: Object.fromEntries(prices) };
  const sizes = config.candidates.toSorted((a, b) => a - b);
  const once = (writer: StudyWriter) =>
    writerDollars(writer, { ...NO_WORK, samples: 1 }, 'candidates', inputs);
  const ofGenerators = measured.generators.flatMap((report): Asked[] => {
    const writer = config.generators.find(({ name }) => name === report.name);
    if (writer === undefined) throw new Error(`no generator ${report.name} in the config`);
    const ways = waysOfChoosing(measured, report);
    const model = writerModel(writer, folder);
    const single = ways.filter(({ name }) => name === 'single candidate');
    return [
      ...single.map(
        (way): Asked => ({
          ...{ generator: writer.name, way: { ...way, kind: 'single candidate' }, of: writer.name },
          ...{ n: 1, models: [model], api: once(writer) },
        }),
      ),
      ...measured.teams.flatMap(({ name, judges }) => {
        const way = ways.find((entry) => entry.name === name);
        if (way === undefined) return [];
        const team = inputs.judges.filter((judge) => judges.includes(judge.name));
        const models = [model, ...judged.flatMap(([of, found]) => (judges.includes(of) ? [found] : []))];
        return sizes.map((n): Asked => {
          const work = { ...NO_WORK, samples: n, judgements: n * team.length };
          const paid = [
            writerDollars(writer, work, 'candidates', inputs),
            judgeDollars(writer, work, { ...inputs, judges: team }),
          ];
          const api = {
            dollars: paid.reduce((sum, { dollars }) => sum + dollars, 0),
            unpriced: paid.flatMap(({ unpriced }) => unpriced),
          };
          return { generator: writer.name, way, of: name, n, models, api };
        });
      }),
    ];
  });
  const [first] = measured.generators;
  const large = first === undefined ? [] : waysOfChoosing(measured, first);
  return [
    ...ofGenerators,
    ...config.largeModels.flatMap((writer): Asked[] => {
      const way = large.find(({ name, kind }) => name === writer.name && kind === 'larger model');
      if (way === undefined) return [];
      const models = [writerModel(writer, folder)];
      return [{ generator: null, way, of: writer.name, n: 1, models, api: once(writer) }];
    }),
  ];
}

function costOf(
  { generator, way, of, n, models, api }: Asked,
  study: StudyRun,
  known: {
    readonly memory: ReadonlyMap<string, StudyModelMemory>;
    readonly gpus: readonly Gpu[];
    readonly bought: Set<Gpu>;
  },
): StudyCost {
  const { costs, candidates } = study.config;
  const loaded = [...new Map(models.map((model) => [modelKey(model, study), model]))].map(
    ([key, { name, reference }]) => {
      const memoryBytes = known.memory.get(key)?.memoryBytes ?? null;
      return { name, memoryBytes, isElsewhere: memoryBytes === null && isServer(reference ?? '') };
    },
  );
  const here = loaded.filter(({ isElsewhere }) => !isElsewhere);
  const sizes = here.flatMap(({ name, memoryBytes }) =>
    memoryBytes === null ? [] : [{ name, memoryBytes }],
  );
  const unknown = here.flatMap(({ name, memoryBytes }) => (memoryBytes === null ? [name] : []));
  const time = costs.seconds.find(
    (entry) =>
      entry.of === of && (entry.generator === null || entry.generator === generator) && (entry.n ?? 1) === n,
  );
  // What answers once is measured beside draws of every size.
  const passAt1 = way.passAt1.get(n) ?? way.passAt1.get(Math.max(...candidates)) ?? null;
  const elsewhere = loaded.flatMap(({ name, isElsewhere }) => (isElsewhere ? [name] : []));
  const unpriced = elsewhere.filter((name) => api.unpriced.includes(name));
  const [secondsPerAnswer, secondsMeasuredOn] = [time?.seconds ?? null, time?.on ?? null];
  const row = costOfAnswer(
    { models: sizes, sharing: costs.sharing, secondsPerAnswer, secondsMeasuredOn },
    { gpus: known.gpus, demand: costs.demand },
  );
  const isKnown = unknown.length === 0;
  if (isKnown) for (const { gpu } of row.gpus ?? []) known.bought.add(gpu);
  return {
    ...{ generator, name: way.name, kind: way.kind, n, passAt1 },
    models: loaded.map(({ name }) => name),
    memoryBytes: isKnown ? row.memoryBytes : null,
    gpus: isKnown && row.gpus !== null ? countGpus(row.gpus.map(({ gpu }) => gpu.name)) : null,
    dollars: isKnown ? row.dollars : null,
    ...{ secondsPerAnswer, secondsMeasuredOn },
    developersPerGpu: isKnown ? row.developersPerGpu : null,
    dollarsPerDeveloper: isKnown ? row.dollarsPerDeveloper : null,
    apiDollarsPerAnswer: elsewhere.length > 0 && unpriced.length === 0 ? api.dollars : null,
    notes: [
      ...unknown.map((name) => `memory of ${name} unknown: costs.models can say how many weights it has`),
      ...(isKnown ? row.notes : []),
      ...unpriced.map((name) => `no price of ${name}`),
    ],
  };
}

function countGpus(names: readonly string[]): { name: string; count: number }[] {
  return [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, count: all.length }));
}
