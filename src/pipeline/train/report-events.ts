import type { TrainerEvent } from '../../train/trainer-event.ts';
import type { TrainOptions } from './train-options.ts';

/** Events as progress and notices. */
export function reporter({
  onProgress,
  onNotice,
}: Pick<TrainOptions, 'onProgress' | 'onNotice'>): (event: TrainerEvent) => void {
  const last: { f1: number | null; kappa: number | null } = { f1: null, kappa: null };
  return (event) => {
    switch (event.event) {
      case 'preparing':
        onProgress({ kind: 'preparing', what: event.what });
        break;
      case 'rows':
        if (event.tooLong > 0) onNotice?.(`left out, since they are too long: ${event.tooLong} rows`);
        break;
      case 'resumed':
        onNotice?.(`goes on after step ${event.step} of ${event.steps}`);
        break;
      case 'step':
        onProgress({ kind: 'training', ...event, ...last, epoch: event.epoch ?? 0 });
        break;
      case 'validating':
        onProgress({ kind: 'validating', done: event.done, total: event.total });
        break;
      case 'evaluated':
        last.f1 = event.metrics.f1 ?? null;
        last.kappa = event.metrics.kappa ?? null;
        onNotice?.(`epoch ${event.epoch}: ${describeMetrics(event.metrics)}`);
        break;
      case 'notice':
        onNotice?.(event.text);
        break;
    }
  };
}

/** What is not a count, and how many answers are invalid, if any. */
function describeMetrics({
  candidates,
  invalid,
  ...values
}: Readonly<Record<string, number | null>>): string {
  const parts = Object.entries(values).map(
    ([name, value]) => `${name} ${value === null ? 'not defined' : value.toFixed(3)}`,
  );
  return [
    ...parts,
    ...(invalid ? [`${invalid} of ${candidates} answers invalid (label mass below 0.5)`] : []),
  ].join(', ');
}
