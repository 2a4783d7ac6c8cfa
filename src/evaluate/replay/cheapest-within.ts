import type { BootstrapOptions } from '../bootstrap-tasks.ts';
import { type ComparedWithFull, compareWithFull } from './compare-with-full.ts';
import type { Frontier, FrontierPoint } from './replay-outcome.ts';
import { type ComparedSetting, settingsWithin, type WithinLimits } from './settings-within.ts';

export type WithinOptions = WithinLimits & BootstrapOptions;

export interface SettingWithin<Point extends FrontierPoint> extends ComparedWithFull {
  readonly point: Point;
}

export interface MissedSetting<Point extends FrontierPoint> extends SettingWithin<Point> {
  /** How much too much: of pass@1, or of the share of samples. */
  readonly by: number;
}

export interface CheapestWithin<Point extends FrontierPoint> {
  /** Null when no setting is within both limits. */
  readonly found: SettingWithin<Point> | null;
  /** Where nothing was found, of the settings with few enough samples the one that loses least; null where none has so few. */
  readonly missedByLoss: MissedSetting<Point> | null;
  /** Where nothing was found, of the settings that lose little enough that with the fewest samples; null where all lose more. */
  readonly missedBySamples: MissedSetting<Point> | null;
}

/**
 * The setting with the fewest samples among those that take at most a share of the samples and lose at most so much of pass@1; of
 * equal ones that of higher pass@1, then of lower cost, then the first. Nothing is found without draws or settings.
 *
 * Chosen and measured on the same tasks, it looks better than it is: chance, too, made it the one that was chosen, of which its
 * intervals know nothing. `crossFittedWithin` says what choosing so comes to on other tasks.
 *
 * @throws {RangeError} as bootstrapTasks.
 */
export function cheapestWithin<Point extends FrontierPoint>(
  frontier: Frontier<Point>,
  options: WithinOptions,
): CheapestWithin<Point> {
  const { cheapest, leastLoss, fewestSamples } = settingsWithin(frontier, options);
  const measure = ({ point }: ComparedSetting<Point>) => ({
    point,
    ...compareWithFull(point.byTask, frontier.full.byTask, options),
  });
  if (cheapest !== null) return { found: measure(cheapest), missedByLoss: null, missedBySamples: null };
  return {
    found: null,
    missedByLoss: leastLoss === null ? null : { ...measure(leastLoss), by: leastLoss.loss - options.loss },
    missedBySamples:
      fewestSamples === null
        ? null
        : { ...measure(fewestSamples), by: fewestSamples.share - options.samplesShare },
  };
}
