import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { teamOverrides } from './team-overrides.ts';

it('gives nothing for no flags, so that a team file stays as it is', () => {
  expect(teamOverrides({})).toEqual({});
});

it('puts flags where a team file has them', () => {
  const flags = {
    model: 'm',
    samples: '4',
    judge: ['a', 'b.json'],
    threads: '2',
    gate: ['tests'],
    stopWhen: '.9',
    context: ['c.md'],
    languageFile: ['l.yaml'],
  };
  expect(teamOverrides(flags)).toEqual({
    team: {
      generator: { model: 'm', samples: 4, context: [resolve('c.md')] },
      judges: [{ model: 'a' }, { profile: resolve('b.json') }],
      gates: ['tests'],
      stopWhen: 0.9,
      languageFiles: [resolve('l.yaml')],
    },
    everyModel: { threads: 2 },
  });
});

it('puts how judges are asked beside them, with the path from the working folder', () => {
  expect(teamOverrides({ judge: ['a'], method: 'few-shot', examples: 'data' })).toEqual({
    team: { judges: [{ model: 'a' }] },
    everyJudge: { method: 'few-shot', examples: resolve('data') },
  });
});

it.each([
  [{ method: 'foo' }, '--method: expected one of zero-shot, few-shot'],
  [{ method: 'probe' }, '--method: expected one of zero-shot, few-shot'],
  [{ method: 'few-shot' }, '--method few-shot needs --examples'],
  [{ examples: 'data' }, '--examples is not used by --method zero-shot, the default'],
  [{ method: 'ice-score', examples: 'data' }, '--examples is not used by --method ice-score'],
])('refuses %j in the words of the command line', (flags, message) => {
  expect(() => teamOverrides(flags)).toThrow(message);
});

it.each([
  ['zeroshot', 'did you mean "zero-shot"?'],
  ['foo', 'else by zero-shot'],
  ['probe', 'a trained judge is named by --profile'],
])('says what to do about the method %s', (method, hint) => {
  expect(() => teamOverrides({ method })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }),
  );
});

it('lets a team file have the other of method and examples', () => {
  expect(teamOverrides({ team: 't.yaml', method: 'few-shot' })).toEqual({
    everyJudge: { method: 'few-shot' },
  });
});

it('takes profiles before models, whichever was written first', () => {
  expect(teamOverrides({ judge: ['a'], profile: ['judges/b'] })).toEqual({
    team: { judges: [{ profile: resolve('judges/b') }, { model: 'a' }] },
  });
});

it('takes "none" for an empty list', () => {
  expect(teamOverrides({ judge: ['none'], gate: ['none'] })).toEqual({ team: { judges: [], gates: [] } });
});

it('leaves what is not a number to the schema, as NaN', () => {
  expect(teamOverrides({ temperature: 'warm', samples: ' ' })).toEqual({
    team: { generator: { temperature: Number.NaN, samples: Number.NaN } },
  });
});

it('takes limits with their units', () => {
  expect(teamOverrides({ limit: ['wallTime=2s', 'processes=8'] })).toEqual({
    limits: { wallTimeMs: 2_000, processes: 8 },
  });
});
