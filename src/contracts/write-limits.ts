import type { Limits } from './limits.ts';
import { WRITTEN_AS } from './written-limits.ts';

const TIMES = [
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

const SIZES = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
  ['B', 1],
] as const;

/** Limits as `--limit` takes them, in the largest units that need no fraction: `wallTime=15s, memory=1GiB, processes=64`. */
export function writeLimits(limits: Partial<Limits>): string {
  const quantities = Object.entries(WRITTEN_AS).flatMap(([name, field]) => {
    const value = limits[field];
    if (value === undefined) return [];
    return [`${name}=${quantity(value, field.endsWith('Ms') ? TIMES : SIZES)}`];
  });
  const processes = limits.processes === undefined ? [] : [`processes=${limits.processes}`];
  return [...quantities, ...processes].join(', ');
}

function quantity(value: number, units: readonly (readonly [name: string, size: number])[]): string {
  const [name, size] = units.find(([, size]) => value % size === 0) ?? ['', 1];
  return `${value / size}${name}`;
}
