import type { Gpu } from '../../../contracts/gpu.ts';
import { CodejuryError } from '../../../errors.ts';
import { nearest } from '../../../util/nearest.ts';
import { readGpuCatalogue } from '../../read-gpu-catalogue.ts';
import { resolveFrom } from '../../read-team.ts';
import { modelOfJudge } from '../study-models.ts';
import type { StudyRun } from '../study-run.ts';
import { knownJudges, studyTeams } from '../study-teams.ts';
import { writerModel } from './model-memory.ts';

/**
 * The GPUs to choose among, looked at before anything runs: a mistyped name must not be found after hours.
 *
 * @throws {CodejuryError} as readGpuCatalogue and readProfile; `usage` for GPUs, models and seconds of what there is not.
 */
export async function readCostBasis(study: StudyRun): Promise<readonly Gpu[]> {
  const { costs, generators, largeModels, judges } = study.config;
  const catalogue = await readGpuCatalogue(costs.gpus.map((file) => resolveFrom(study.folder, file)));
  const gpus = catalogue.map(({ name }) => name);
  for (const name of costs.among ?? []) requireKnown('costs.among', name, gpus);
  const writers = [...generators, ...largeModels].map(({ name }) => name);
  const teams = studyTeams(study, await knownJudges(study)).map(({ name }) => name);
  for (const { of, generator } of costs.seconds) {
    requireKnown('costs.seconds: of', of, [...writers, ...teams]);
    if (generator !== null) requireKnown('costs.seconds: generator', generator, writers);
  }
  const models = [
    ...[...generators, ...largeModels].map((writer) => writerModel(writer).name),
    ...(await Promise.all(judges.map((judge) => modelOfJudge(judge, study.folder)))),
  ];
  for (const name of Object.keys(costs.models)) requireKnown('costs.models', name, models);
  const { among } = costs;
  return among === null ? catalogue : catalogue.filter(({ name }) => among.includes(name));
}

function requireKnown(where: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const names = [...new Set(known.filter((entry) => entry !== ''))];
  const meant = nearest(name, names);
  throw new CodejuryError('usage', `${where}: there is no ${name} in this study`, {
    hint: meant === null ? `known are ${names.join(', ')}` : `did you mean "${meant}"?`,
  });
}
