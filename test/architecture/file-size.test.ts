import { expect, it } from 'vitest';
import { readSource, sourceFiles } from './read-imports.ts';

const LONGEST = 300;

/** Longer files, each with its reason. */
const LONGER: Readonly<Record<string, string>> = {};

it(`source files have at most ${LONGEST} lines`, () => {
  const long = [...sourceFiles('src'), ...sourceFiles('bench'), ...sourceFiles('scripts')].filter(
    (file) => readSource(file).split('\n').length > LONGEST + 1,
  );
  expect(long.filter((file) => !(file in LONGER) && !file.endsWith('.test.ts'))).toEqual([]);
});
