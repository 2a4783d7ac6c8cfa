import type { BodyMaker } from '../probe-bodies.ts';
import { argumentOfType, typeBefore } from './typed-header.ts';

const MODIFIERS = new Set(
  'public protected private internal static abstract sealed virtual override extern new unsafe readonly partial async'.split(
    ' ',
  ),
);

const NUMBERS = /^(?:s?byte|u?short|u?int|u?long|nint|nuint|float|double|decimal)$/;

/** `default` is the zero value of every type; a promised value is what its task is for. */
export const cSharpBodies: BodyMaker = (header) => {
  const declared = typeBefore(header.before, MODIFIERS);
  const isAsync = /\basync\b/.test(header.before);
  const type = isAsync ? (/^(?:[\w.]*\.)?(?:Value)?Task<(.+)>$/.exec(declared)?.[1] ?? 'void') : declared;
  const isVoid = type === 'void' || type === '';
  const identity = argumentOfType(header, type, MODIFIERS);
  return {
    empty: '',
    dummies: isVoid ? [] : ['return default;'],
    extended: isVoid
      ? []
      : [...constantsOf(type), ...(identity === null ? [] : [identity])].map((value) => `return ${value};`),
    throwing: 'throw new System.NotImplementedException();',
  };
};

function constantsOf(type: string): readonly string[] {
  if (type === 'bool') return ['true'];
  if (NUMBERS.test(type)) return ['1'];
  if (type === 'string') return ['""'];
  const element = /^([\w.<>,?]+)\[\]$/.exec(type)?.[1];
  if (element !== undefined) return [`System.Array.Empty<${element}>()`];
  return /^(?:[\w.]*\.)?(?:List|Dictionary|HashSet|Queue|Stack|SortedDictionary|SortedSet)<.+>$/.test(type)
    ? [`new ${type}()`]
    : [];
}
