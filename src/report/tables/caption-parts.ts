import type { StudyReport } from '../../contracts/study-report.ts';
import { withCommas } from '../with-commas.ts';

/** `1 task`, `2 tasks`. */
export function plural(count: number, noun: string): string {
  return `${withCommas(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Of what measurements are, generator by generator: tasks, samples and distinct candidates. */
export function measuredOn({ generators }: StudyReport): string {
  const pools = generators.map(
    ({ name, choices }) =>
      `${name} (${plural(choices.labelledTasks, 'task')}, ${plural(choices.samples, 'sample')}, ${plural(choices.candidates, 'distinct candidate')})`,
  );
  return `Candidates of ${pools.join('; ')}.`;
}

/** How draws are made. */
export function drawnHow({ config, generators }: StudyReport): string {
  const pools = generators.map(
    ({
      choices: {
        poolSizes: { least, most },
      },
    }) => (least === most ? String(least) : `${least} to ${most}`),
  );
  return (
    `${plural(config.repetitions, 'repetition')} a task, drawn without replacement from pools of ${[...new Set(pools)].join(', ')} samples, ` +
    `a small draw the beginning of a large one, seed ${config.seed}.`
  );
}

/** What the intervals are, and where they stand: in the brackets of a table, or as lines of a figure. */
export function intervalsHow(
  { config }: StudyReport,
  where: 'In brackets' | 'Lines are' = 'In brackets',
): string {
  return `${where} 95 % intervals by bootstrap over tasks (${plural(config.resamples, 'resample')}, seed ${config.seed}).`;
}
