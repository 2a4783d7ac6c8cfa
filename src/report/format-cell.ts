import { visibleLine } from '../util/visible-text.ts';
import type { ColumnKind, ReportCell } from './report-table.ts';
import { withCommas } from './with-commas.ts';

/** Shown for what is unknown or not defined. */
const UNKNOWN = '-';

/** Below it, dollars get four decimals: tokens of an API cost less than a cent. */
const FEW_DOLLARS = 0.1;

/**
 * A cell as people read it, in one line and without markup: `1,450`, `61.5 %`, `0.615`, `<0.001`, `$0.0042`, `4 min 21 s`; an estimate
 * with its 95 % interval, `61.5 % [50.0, 70.0]`; unknown as `-`. Control characters of texts are shown as escapes. What the form it is
 * put into takes for markup is not escaped.
 */
export function formatCell(cell: ReportCell, kind: ColumnKind): string {
  if (cell === null) return UNKNOWN;
  if (typeof cell === 'string') return visibleLine(cell);
  if (typeof cell === 'number') return withUnit(formatNumber(cell, kind), kind);
  const { value, low, high } = cell;
  if (value === null) return UNKNOWN;
  const interval =
    low === null || high === null ? '' : ` [${formatNumber(low, kind)}, ${formatNumber(high, kind)}]`;
  return `${withUnit(formatNumber(value, kind), kind)}${interval}`;
}

function withUnit(formatted: string, kind: ColumnKind): string {
  return kind === 'share' ? `${formatted} %` : formatted;
}

function formatNumber(value: number, kind: ColumnKind): string {
  switch (kind) {
    case 'text':
      return String(value);
    case 'count':
      return withCommas(fixed(value, 0));
    case 'share':
      return fixed(100 * value, 1);
    case 'number':
      return fixed(value, 3);
    case 'p-value':
      return value < 0.001 ? '<0.001' : fixed(value, 3);
    case 'dollars':
      return dollars(value);
    case 'seconds':
      return duration(value);
  }
}

/** Decimals, without a minus before what is rounded to zero. */
function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(?=[0.]*$)/, '');
}

function dollars(value: number): string {
  const amount = Math.abs(value);
  const [whole = '', cents = ''] = amount.toFixed(amount > 0 && amount < FEW_DOLLARS ? 4 : 2).split('.');
  return `${value < 0 ? '-' : ''}$${withCommas(whole)}.${cents}`;
}

function duration(seconds: number): string {
  if (seconds < 59.995) return `${fixed(seconds, 2)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${withCommas(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
