import { expect, it } from 'vitest';
import { requireFlags } from './require-flags.ts';

const all = { tasks: 't', candidates: 'c', out: 'o' };

it('gives what judging many tasks needs', () => {
  expect(requireFlags([], all)).toEqual(all);
});

it.each([
  [[], { ...all, candidates: undefined }, 'needs --candidates'],
  [[], { ...all, out: undefined }, 'needs --out'],
  [['a.py'], all, 'expected no files, received a.py'],
  [[], { ...all, task: 'python/clamp' }, 'received both'],
])('refuses files %j and flags %j', (files, { tasks, ...more }, message) => {
  const given = Object.entries({ tasks, ...more }).filter(([, value]) => value !== undefined);
  expect(() => requireFlags(files, Object.fromEntries(given))).toThrow(message);
});
