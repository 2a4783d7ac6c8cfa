import type { BodyMaker } from '../probe-bodies.ts';

const CONSTANTS = ['0', 'true', 'false', '""', '[]', '{}'];

/** `nil` is what the empty body returns. */
export const rubyBodies: BodyMaker = ({ parameters }) => {
  const first = /^[a-z_]\w*/.exec(parameters[0] ?? '')?.[0];
  return {
    empty: '',
    dummies: CONSTANTS.map((value) => `return ${value}`),
    extended: ['1', ...(first === undefined ? [] : [first])].map((value) => `return ${value}`),
    throwing: 'raise NotImplementedError',
  };
};
