import type { BodyMaker } from '../probe-bodies.ts';
import { argumentOfType, typeBefore } from './typed-header.ts';

const MODIFIERS = new Set([
  'template',
  'static',
  'inline',
  'constexpr',
  'consteval',
  'virtual',
  'extern',
  'explicit',
]);

const NUMBERS =
  /^(?:unsigned |signed )?(?:short|int|long|long long|float|double|size_t|std::size_t|u?int\d+_t)$/;

/** `{}` is the zero value of every type. A body without `return` is undefined behaviour unless the function is void. */
export const cppBodies: BodyMaker = (header) => {
  const trailing = /^[^{]*->\s*([^{]+)/.exec(header.after)?.[1]?.trim();
  const type = trailing ?? typeBefore(header.before.replace(/(?:\w+::)+$/, ''), MODIFIERS);
  const isVoid = type === 'void' || type === '';
  const identity = argumentOfType(header, type, MODIFIERS);
  const values = [...(type === 'bool' ? ['true'] : NUMBERS.test(type) ? ['1'] : []), identity ?? ''];
  return {
    empty: isVoid ? '' : null,
    dummies: isVoid ? [] : ['return {};'],
    extended: isVoid ? [] : values.filter((value) => value !== '').map((value) => `return ${value};`),
    throwing: 'throw 1;',
  };
};
