import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { kappaTable } from './kappa-table.ts';

const report = studyDocument();

it('has a row for each model and a column for each setting, in the order of the paper', () => {
  const table = kappaTable(report);
  expect(table.columns.map(({ key }) => key)).toEqual([
    ...['generator', 'model', 'judges', 'zero_shot', 'few_shot', 'fine_tuned'],
  ]);
  const [zero] = report.generators[0]?.evaluation.judges ?? [];
  expect(tableRows(table)).toHaveLength(2);
  expect(tableRows(table)[0]).toMatchObject({
    ...{ generator: 'small_1b', model: 'smollm2-135m', judges: 'zero, shots, tuned' },
    zero_shot: zero?.metrics.kappa,
  });
});

it('gives the second judge of a model and setting a row of its own', () => {
  const table = kappaTable({
    ...report,
    judges: report.judges.map((judge) => ({ ...judge, setting: 'fine-tuned' })),
    generators: report.generators.slice(0, 1),
  });
  expect(tableRows(table).map(({ judges }) => judges)).toEqual(['zero', 'shots', 'tuned']);
  expect(table.columns.map(({ key }) => key).slice(3)).toEqual(['fine_tuned']);
});
