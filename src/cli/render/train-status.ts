import type { TrainProgress } from '../../pipeline/train/train-progress.ts';
import { duration } from './execute-status.ts';
import { bar, type ProgressLine } from './progress-line.ts';

/** Shows a training: bar, epoch, loss, the last validation, and the time that is left. */
export function trainStatus(progress: ProgressLine): {
  readonly update: (state: TrainProgress) => void;
  readonly interrupted: () => void;
} {
  let training = false;
  return {
    update: (state) => {
      switch (state.kind) {
        case 'preparing':
          progress.status(state.what);
          break;
        case 'reading states':
          progress.status(
            `${bar(state.done, state.total)} hidden states of layer ${state.layer}: ${state.done} of ${state.total}` +
              (state.secondsLeft === null ? '' : `, ${duration(state.secondsLeft)} left`),
          );
          break;
        case 'scoring code':
          progress.status(
            `${bar(state.done, state.total)} likelihood of the code: ${state.done} of ${state.total}` +
              (state.secondsLeft === null ? '' : `, ${duration(state.secondsLeft)} left`),
          );
          break;
        case 'training':
          training = true;
          progress.status(trainingLine(state));
          break;
        case 'validating':
          progress.status(`${bar(state.done, state.total)} validating`);
          break;
        case 'exporting':
          progress.status(state.what);
          break;
      }
    },
    interrupted: () => {
      if (training) progress.note('interrupted: the same command goes on from the last checkpoint');
    },
  };
}

function trainingLine(state: Extract<TrainProgress, { kind: 'training' }>): string {
  const { step, steps, epoch, epochs, loss, f1, kappa, secondsLeft } = state;
  const value = (name: string, number: number | null) =>
    number === null ? [] : [`${name} ${number.toFixed(3)}`];
  const parts = [
    `epoch ${Math.min(epochs, Math.floor(epoch) + 1)} of ${epochs}`,
    ...value('loss', loss),
    ...value('F1', f1),
    ...value('kappa', kappa),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ];
  return `${bar(step, steps)} ${parts.join(', ')}`;
}
