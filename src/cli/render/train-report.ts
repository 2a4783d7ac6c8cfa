import { METRIC_NAMES } from '../../contracts/judge-evaluation.ts';
import type { TrainerSetup } from '../../pipeline/train/set-up-trainer.ts';
import type { TrainResult } from '../../pipeline/train/train-options.ts';
import { duration } from './execute-status.ts';
import { plural, renderTable } from './table.ts';

/** What came of a training, for people: rows, the kept epoch, its values on validation, and what to do next. */
export function trainReport(result: TrainResult): string {
  const { kind, out, rows, bestEpoch, metrics, compared = [], durationMs } = result;
  const values = Object.entries(metrics);
  return [
    `${TITLES[kind]}: ${out}`,
    `${plural(rows.train, 'row')} to train on, ${plural(rows.validation, 'row')} to validate (${duration(durationMs / 1000)})`,
    ...(bestEpoch === null ? [] : [`kept: the weights after epoch ${bestEpoch}`]),
    ...(values.length === 0
      ? []
      : [
          '',
          renderTable(
            ['validation', 'value'],
            values.map(([name, value]) => [titleOf(name), shown(value)]),
          ),
        ]),
    ...(compared.length < 2
      ? []
      : [
          '',
          'compared on training tasks held out, best first:',
          renderTable(
            Object.keys(compared[0] ?? {}).map(titleOf),
            compared.map((record) => Object.values(record).map(shown)),
          ),
        ]),
    ...(NEXT[kind] === null ? [] : ['', `next: ${NEXT[kind]}`]),
  ].join('\n');
}

/** What `train --setup` made. */
export function setupReport({ folder, gpu }: TrainerSetup): string {
  return `the trainer is installed in ${folder} (torch ${gpu ? 'with CUDA' : 'for processors'})`;
}

function titleOf(name: string): string {
  return (METRIC_NAMES as Readonly<Record<string, string>>)[name] ?? name;
}

function shown(value: string | number | null): string {
  if (value === null) return 'not defined';
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : value.toFixed(3);
}

const TITLES: Readonly<Record<TrainResult['kind'], string>> = {
  judge: 'judge',
  generator: 'adapted generator',
  plan: 'plan',
  trained: 'trained weights',
};

const NEXT: Readonly<Record<TrainResult['kind'], string | null>> = {
  judge: 'codejury judge --profile FOLDER asks it',
  generator: null,
  plan: 'copy the folder to the other machine, run `sh run.sh` there, copy it back, `codejury train --import FOLDER --out JUDGE`',
  trained: null,
};
