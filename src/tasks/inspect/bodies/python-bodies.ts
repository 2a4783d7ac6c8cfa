import type { BodyMaker } from '../probe-bodies.ts';

const CONSTANTS = ['None', '0', 'True', 'False', '""', '[]', '{}'];
const FURTHER = ['1', '()', 'set()'];

/** Annotations decide nothing in Python, so every constant is tried. */
export const pythonBodies: BodyMaker = ({ parameters }) => {
  const first = /^(?!\*)[\p{L}_][\p{L}\p{N}_]*/u.exec(parameters[0] ?? '')?.[0];
  return {
    empty: 'pass',
    dummies: CONSTANTS.map((value) => `return ${value}`),
    extended: [...FURTHER, ...(first === undefined ? [] : [first])].map((value) => `return ${value}`),
    throwing: 'raise NotImplementedError',
  };
};
