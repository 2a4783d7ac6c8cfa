import type { BodyMaker } from '../probe-bodies.ts';
import { argumentOfType, typeBefore } from './typed-header.ts';

const MODIFIERS = new Set(
  'public protected private static final abstract synchronized native strictfp default transient volatile'.split(
    ' ',
  ),
);

const NUMBERS = new Set(['byte', 'short', 'int', 'long', 'float', 'double']);

/** Beyond the paper's: constants for what is not primitive, by the type's name without package and arguments. */
const CONSTANTS: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true'],
  char: ["'a'"],
  Boolean: ['false', 'true'],
  Character: ["'a'"],
  Byte: ['(byte) 0'],
  Short: ['(short) 0'],
  Integer: ['0', '1'],
  Long: ['0L', '1L'],
  Float: ['0f', '1f'],
  Double: ['0.0', '1.0'],
  String: ['""'],
  CharSequence: ['""'],
  Object: ['""', '0', 'false', 'true', 'new java.util.ArrayList<>()'],
  Optional: ['java.util.Optional.empty()'],
  OptionalInt: ['java.util.OptionalInt.empty()'],
  OptionalLong: ['java.util.OptionalLong.empty()'],
  OptionalDouble: ['java.util.OptionalDouble.empty()'],
  Stream: ['java.util.stream.Stream.empty()'],
  List: ['java.util.List.of()', 'new java.util.ArrayList<>()'],
  Collection: ['java.util.List.of()', 'new java.util.ArrayList<>()'],
  Iterable: ['java.util.List.of()'],
  Set: ['java.util.Set.of()', 'new java.util.HashSet<>()'],
  Map: ['java.util.Map.of()', 'new java.util.HashMap<>()'],
  Queue: ['new java.util.ArrayDeque<>()'],
  Deque: ['new java.util.ArrayDeque<>()'],
  SortedMap: ['new java.util.TreeMap<>()'],
  SortedSet: ['new java.util.TreeSet<>()'],
};

/** Classes of java.util that are made empty. */
const MADE_EMPTY = new Set(
  'ArrayList LinkedList HashSet LinkedHashSet TreeSet HashMap LinkedHashMap TreeMap ArrayDeque PriorityQueue Stack Vector'.split(
    ' ',
  ),
);

/**
 * The paper's dummies: `false`, `0`, `null` for everything that is not primitive, nothing for `void`, which is the empty body.
 * An empty body of another type does not compile.
 */
export const javaBodies: BodyMaker = (header) => {
  const type = typeBefore(header.before, MODIFIERS);
  const isVoid = type === 'void' || type === '';
  const identity = argumentOfType(header, type, MODIFIERS);
  return {
    empty: '',
    dummies: isVoid ? [] : [`return ${dummyOf(type)};`],
    extended: isVoid
      ? []
      : [...constantsOf(type), ...(identity === null ? [] : [identity])].map((value) => `return ${value};`),
    throwing: 'throw new UnsupportedOperationException();',
  };
};

function dummyOf(type: string): string {
  if (type === 'boolean') return 'false';
  return NUMBERS.has(type) || type === 'char' ? '0' : 'null';
}

function constantsOf(type: string): readonly string[] {
  if (NUMBERS.has(type)) return ['1'];
  const array = /^([\w.]+)(?:<.*>)?((?:\[\])+)$/.exec(type);
  if (array !== null) {
    const [, element = '', brackets = ''] = array;
    // Of a type parameter no array can be made.
    return /^[A-Z]$/.test(element) ? [] : [`new ${element}[0]${brackets.slice(2)}`];
  }
  const name = type.replace(/<.*$/, '').split('.').at(-1) ?? '';
  if (MADE_EMPTY.has(name)) return [`new java.util.${name}<>()`];
  return Object.hasOwn(CONSTANTS, name) ? (CONSTANTS[name] ?? []) : [];
}
