import type { Gpu } from '../../../contracts/gpu.ts';
import { CodejuryError } from '../../../errors.ts';
import { nearest } from '../../../util/nearest.ts';
import { readGpuCatalogue } from '../../read-gpu-catalogue.ts';
import { resolveFrom } from '../../read-team.ts';
import type { StudyRun } from '../study-run.ts';
import { knownJudges, studyTeams } from '../study-teams.ts';
import { judgeModel, writerModel } from './model-memory.ts';

/**
 * The GPUs to choose among, looked at before anything runs: a mistyped name must not be found after hours.
 *
 * @throws {CodejuryError} as readGpuCatalogue and readProfile; `usage` for GPUs, models and seconds of what there is not.
 */
export async function readCostBasis(study: StudyRun): Promise<readonly Gpu[]> {
  const { costs, generators, largeModels, judges, candidates } = study.config;
  const catalogue = await readGpuCatalogue(costs.gpus.map((file) => resolveFrom(study.folder, file)));
  const gpus = catalogue.map(({ name }) => name);
  for (const name of costs.among ?? []) requireKnown('costs.among: the catalogues have no GPU', name, gpus);
  const generatorNames = generators.map(({ name }) => name);
  const writers = [...generatorNames, ...largeModels.map(({ name }) => name)];
  const teams = studyTeams(study, await knownJudges(study)).map(({ name }) => name);
  for (const { of, generator, n } of costs.seconds) {
    requireKnown('costs.seconds: this study measures no', of, [...writers, ...teams]);
    if (generator !== null) {
      requireKnown('costs.seconds: this study has no generator', generator, generatorNames);
    }
    requireSize(of, n, teams.includes(of) ? candidates : [1, null]);
  }
  const models = [
    ...[...generators, ...largeModels].map((writer) => writerModel(writer, study.folder)),
    ...(await Promise.all(judges.map((judge) => judgeModel(judge, study.folder)))),
  ].map(({ name }) => name);
  for (const name of Object.keys(costs.models))
    requireKnown('costs.models: this study asks no model', name, models);
  const { among } = costs;
  return among === null ? catalogue : catalogue.filter(({ name }) => among.includes(name));
}

/** Seconds that belong to no row would be left out without a word. */
function requireSize(of: string, n: number | null, sizes: readonly (number | null)[]): void {
  if (sizes.includes(n)) return;
  const expected = sizes.filter((size) => size !== null).join(', ');
  throw new CodejuryError('usage', `costs.seconds: ${of}: expected n of ${expected}, received ${n}`, {
    hint: 'n is the number of samples that a team chooses among, one of `candidates`; null or 1 for what answers once',
  });
}

function requireKnown(where: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const names = [...new Set(known.filter((entry) => entry !== ''))];
  const meant = nearest(name, names);
  throw new CodejuryError('usage', `${where} ${name}`, {
    hint: meant === null ? `known are ${names.join(', ')}` : `did you mean "${meant}"?`,
  });
}
