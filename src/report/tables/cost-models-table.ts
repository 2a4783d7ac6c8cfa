import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** What each model takes on a GPU. */
export function costModelsTable({ config, costs }: StudyReport): ReportTable {
  const { contextTokens, sequences, keyValueBits } = config.costs;
  return buildTable(
    {
      id: 'cost-models',
      title: 'Memory of the models',
      caption:
        `Estimated, not measured: weights, keys and values of ${contextTokens} tokens for ${sequences} sequence${sequences === 1 ? '' : 's'} at once (${keyValueBits} bits a number), and what runtime and computation need. ` +
        'Weights as they are in the file, or as the config gives them. Unknown where neither says it.',
    },
    [
      ['model', 'model', 'text', ({ name }) => name],
      [
        'memory_gb',
        'memory, GB',
        'number',
        ({ memoryBytes }) => (memoryBytes === null ? null : memoryBytes / 1e9),
      ],
      ['known_from', 'known from', 'text', ({ from }) => from],
      ['weights', 'weights', 'text', ({ weights }) => weights],
      ['key_value_cache', 'keys and values', 'text', ({ keyValueCache }) => keyValueCache],
      ['overhead', 'the rest', 'text', ({ overhead }) => overhead],
    ],
    costs.models,
  );
}
