import type { BodyMaker } from '../probe-bodies.ts';

/** `Default::default()` where the type has one; where it has none the probe does not compile, and fails as it should. */
export const rustBodies: BodyMaker = ({ after, parameters }) => {
  const type = /^\s*->\s*(.+?)\s*(?:\bwhere\b.*)?\{?\s*$/s.exec(after)?.[1] ?? '()';
  const [, name, annotation] = /^(?:mut\s+)?(\w+)\s*:\s*(.+)$/s.exec(parameters[0] ?? '') ?? [];
  const values = [
    ...(type === 'bool' ? ['true'] : []),
    ...(/^[iu](?:8|16|32|64|128|size)$/.test(type) ? ['1'] : []),
    ...(/^f(?:32|64)$/.test(type) ? ['1.0'] : []),
    ...(name !== undefined && annotation?.trim() === type ? [name] : []),
  ];
  return {
    empty: '',
    dummies: type === '()' ? [] : ['Default::default()'],
    extended: values,
    throwing: 'unimplemented!()',
  };
};
