import type { Estimate } from '../../contracts/judge-evaluation.ts';
import { renderNumber } from './table.ts';

/** `0.615 [0.500, 0.700]`; the value alone where it has no interval. */
export function withInterval({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` [${renderNumber(low)}, ${renderNumber(high)}]`;
  return `${renderNumber(value)}${interval}`;
}

/** The same of a share in percent: `61.5 % [50.0, 70.0]`. */
export function percentWithInterval({ value, low, high }: Estimate): string {
  if (value === null) return '-';
  const percent = (share: number) => (100 * share).toFixed(1);
  const interval = low === null || high === null ? '' : ` [${percent(low)}, ${percent(high)}]`;
  return `${percent(value)} %${interval}`;
}
