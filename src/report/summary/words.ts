import type { Estimate } from '../../contracts/judge-evaluation.ts';
import { formatCell } from '../format-cell.ts';

/** p-values from here on are not told from chance. */
const CHANCE_FROM = 0.05;

/** `61.5 % [50.0, 70.0]`, or `unknown`. */
export function share(estimate: Estimate | number | null): string {
  return known(formatCell(estimate, 'share'));
}

/** `0.571 [0.500, 0.640]`, or `unknown`. */
export function number(estimate: Estimate | number | null): string {
  return known(formatCell(estimate, 'number'));
}

/** A difference of shares: `-0.8 points [-1.6, 0.0]`. */
export function points(difference: Estimate): string {
  return share(difference).replace(' %', ' points');
}

/** How far the first is from the second and whether chance alone could be it: `6.2 points above x (p = 0.012)`. */
export function differs(
  difference: Estimate,
  second: string,
  { pValue, isAdjusted }: { readonly pValue: number | null; readonly isAdjusted: boolean },
): string {
  const value = difference.value;
  if (value === null) return `not comparable with ${second}`;
  const distance = (100 * Math.abs(value)).toFixed(1);
  const how =
    distance === '0.0'
      ? `equal to ${second}`
      : `${distance} points ${value < 0 ? 'below' : 'above'} ${second}`;
  if (pValue === null || distance === '0.0') return how;
  const p = `p ${pValue < 0.001 ? '< 0.001' : `= ${formatCell(pValue, 'p-value')}`}${isAdjusted ? ' adjusted' : ''}`;
  return pValue < CHANCE_FROM ? `${how} (${p})` : `${how} (${p}: not told from chance)`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function known(shown: string): string {
  return shown === '-' ? 'unknown' : shown;
}
