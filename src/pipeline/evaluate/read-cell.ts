import { CodejuryError } from '../../errors.ts';

/** A value of a file, and where it is: file, line and column. */
export interface Cell {
  readonly value: unknown;
  readonly place: string;
  readonly column: string;
}

/** Longest received value in a message, in characters. */
const RECEIVED_LENGTH = 60;

/** What files call no answer; an empty cell is one, too. */
const NOTHING = new Set(['', 'null', 'none', 'nan', 'na', 'n/a', 'invalid']);
const YES = new Set(['1', '1.0', 'true', 'yes', 'correct', 'pass', 'passed']);
const NO = new Set(['0', '0.0', 'false', 'no', 'wrong', 'incorrect', 'fail', 'failed']);

/**
 * A label as JSON, pandas or people write it: 1, 1.0, true, yes, correct or passed; 0, 0.0, false, no, wrong, incorrect or failed;
 * null for nothing, NaN, none or invalid. Letters may be of either case.
 *
 * @throws {CodejuryError} `usage`, naming file, line and column, for anything else.
 */
export function labelCell(cell: Cell): 0 | 1 | null {
  const { value } = cell;
  if (value === 1 || value === true) return 1;
  if (value === 0 || value === false) return 0;
  if (value === null || value === undefined) return null;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : null;
  if (word !== null && YES.has(word)) return 1;
  if (word !== null && NO.has(word)) return 0;
  if (word !== null && NOTHING.has(word)) return null;
  throw expected('0, 1 or null (true, false, correct, wrong and the like are read, too)', cell);
}

/**
 * A number, or a text that is one; null for nothing.
 *
 * @throws {CodejuryError} as labelCell, for anything else and for a number below `least` or above `most`.
 */
export function numberCell(cell: Cell, { least = -Infinity, most = Infinity } = {}): number | null {
  const { value } = cell;
  if (isNothing(value)) return null;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number) && number >= least && number <= most)
    return number;
  throw expected(most === Infinity ? 'a number' : `a number from ${least} to ${most}`, cell);
}

/** A name; a number is one, too. Null for nothing, also for an empty text. @throws {CodejuryError} as labelCell. */
export function textCell(cell: Cell): string | null {
  const { value } = cell;
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw expected('a text', cell);
}

/** A whole number from 0 on; null for nothing. @throws {CodejuryError} as labelCell. */
export function countCell(cell: Cell): number | null {
  const number = numberCell(cell, { least: 0, most: Number.MAX_SAFE_INTEGER });
  if (number === null || Number.isInteger(number)) return number;
  throw expected('a whole number', cell);
}

/** Says what was expected of a cell, and what it holds. */
export function expected(
  what: string,
  { value, place, column }: Cell,
  hint = 'does the column mean something else? --map FIELD=COLUMN names another, --map FIELD= none',
): CodejuryError {
  const isInfinite = value === Infinity || value === -Infinity;
  const text = value === undefined ? 'nothing' : isInfinite ? String(value) : JSON.stringify(value);
  const received = text.length > RECEIVED_LENGTH ? `${text.slice(0, RECEIVED_LENGTH)}…` : text;
  return new CodejuryError('usage', `${place}: ${column}: expected ${what}, received ${received}`, { hint });
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (typeof value === 'string' && NOTHING.has(value.trim().toLowerCase()))
  );
}
