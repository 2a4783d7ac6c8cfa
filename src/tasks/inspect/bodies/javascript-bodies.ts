import type { BodyMaker } from '../probe-bodies.ts';

const CONSTANTS = ['null', '0', 'true', 'false', '""', '[]', '{}'];
const FURTHER = ['1', 'new Map()', 'new Set()'];

/** `undefined` is what the empty body returns. */
export const javascriptBodies: BodyMaker = ({ parameters }) => {
  const first = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(parameters[0] ?? '')?.[0];
  return {
    empty: '',
    dummies: CONSTANTS.map((value) => `return ${value};`),
    extended: [...FURTHER, ...(first === undefined ? [] : [first])].map((value) => `return ${value};`),
    throwing: 'throw new Error("not implemented");',
  };
};
