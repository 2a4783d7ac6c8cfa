import { expect, it } from 'vitest';
import { studyConfigSchema } from '../../contracts/study-config.ts';
import { studyCores } from './study-cores.ts';

const coresOf = (generators: readonly object[], judges: readonly object[] = []) =>
  studyCores(studyConfigSchema.parse({ name: 'x', tasks: ['t'], generators, judges }), 4).model;
const server = 'openai:m@https://example.org/v1';

it('knows how many cores models keep busy: the most that one asks for, none for servers and pools', () => {
  expect(coresOf([{ name: 'a', model: 'a.gguf' }])).toBe(3);
  expect(coresOf([{ name: 'a', model: 'a.gguf', threads: 2 }])).toBe(2);
  expect(coresOf([{ name: 'a', model: server }])).toBe(0);
  expect(coresOf([{ name: 'a', pool: 'a.jsonl' }])).toBe(0);
  expect(coresOf([{ name: 'a', pool: 'a.jsonl' }], [{ name: 'j', profile: 'judge' }])).toBe(3);
});
