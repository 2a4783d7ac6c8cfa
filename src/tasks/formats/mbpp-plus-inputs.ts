import type { PythonValue } from './python-value.ts';

type Restore = (input: readonly PythonValue[]) => readonly PythonValue[];

/** Every argument is a tuple. */
const ALL_TUPLES: Restore = (input) => input.map(tuple);
/** Every argument is a list of tuples. */
const LISTS_OF_TUPLES: Restore = (input) => input.map((argument) => each(argument, tuple));
/** Every argument is a tuple of tuples. */
const TUPLES_OF_TUPLES: Restore = (input) => input.map((argument) => tuple(each(argument, tuple)));
const FIRST_TUPLE: Restore = ([first = 'None', ...rest]) => [tuple(first), ...rest];
const SECOND_TUPLE: Restore = ([first = 'None', second = 'None', ...rest]) => [first, tuple(second), ...rest];
const FIRST_LIST_OF_TUPLES: Restore = ([first = 'None', ...rest]) => [each(first, tuple), ...rest];
const DEEP_TUPLES: Restore = (input) => input.map(deepTuple);

/** What JSON lost of MBPP+'s inputs, by the number of the task: the kinds that EvalPlus restores when it reads them. */
const RESTORE = new Map<number, Restore>([
  ...of(ALL_TUPLES, [2, 116, 132, 143, 222, 261, 273, 394, 399, 421, 424, 429, 470, 560, 579, 596, 616, 630]),
  ...of(ALL_TUPLES, [726, 740, 744, 809]),
  ...of(LISTS_OF_TUPLES, [63, 64, 70, 94, 120, 237, 272, 299, 400, 409, 417, 438, 473, 614, 780]),
  ...of(FIRST_LIST_OF_TUPLES, [75, 413, 444, 753]),
  ...of(SECOND_TUPLE, [106, 750]),
  ...of(FIRST_TUPLE, [250, 307, 405, 446, 617, 720, 763, 808]),
  ...of(TUPLES_OF_TUPLES, [259, 401, 445]),
  ...of(DEEP_TUPLES, [580, 615, 791]),
  [115, ([first = 'None']) => [each(first, nonEmptySet)]],
  [124, ([angle = '0', point = '0']) => [`float(${text(angle)})`, `complex(${text(point)})`]],
  [252, ([number = '0']) => [`complex(${text(number)})`]],
  [278, ([first = 'None']) => [tuple(each(first, tuple))]],
  [722, ([first = 'None', ...rest]) => [withTupleValues(first), ...rest]],
]);

/** The arguments of one test of MBPP+ task `number` as they were before they became JSON. */
export function restoreMbppInput(number: number, input: readonly PythonValue[]): readonly PythonValue[] {
  return RESTORE.get(number)?.(input) ?? input;
}

function of(restore: Restore, numbers: readonly number[]): [number, Restore][] {
  return numbers.map((number) => [number, restore]);
}

/** A list as a tuple; anything else stays, a text too. */
function tuple(value: PythonValue): PythonValue {
  return isList(value) ? { kind: 'tuple', items: value.items } : value;
}

function deepTuple(value: PythonValue): PythonValue {
  return isList(value) ? { kind: 'tuple', items: value.items.map(deepTuple) } : value;
}

function each(value: PythonValue, change: (item: PythonValue) => PythonValue): PythonValue {
  return isList(value) ? { kind: 'list', items: value.items.map(change) } : value;
}

/** EvalPlus makes an empty dictionary of an empty list here. */
function nonEmptySet(value: PythonValue): PythonValue {
  return isList(value) && value.items.length > 0
    ? { kind: 'set', items: value.items }
    : { kind: 'dict', entries: [] };
}

function withTupleValues(value: PythonValue): PythonValue {
  return typeof value !== 'string' && value.kind === 'dict'
    ? { kind: 'dict', entries: value.entries.map(([key, entry]) => [key, tuple(entry)]) }
    : value;
}

function text(value: PythonValue): string {
  return typeof value === 'string' ? value : '"nan"';
}

function isList(
  value: PythonValue,
): value is { readonly kind: 'list'; readonly items: readonly PythonValue[] } {
  return typeof value !== 'string' && value.kind === 'list';
}
