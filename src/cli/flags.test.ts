import { expect, it } from 'vitest';
import { teamOverrides } from './flags.ts';

it('gives nothing for no flags, so that a team file stays as it is', () => {
  expect(teamOverrides({})).toEqual({});
});

it('puts flags where a team file has them', () => {
  expect(
    teamOverrides({
      model: 'm',
      samples: '4',
      judge: ['a', 'b.json'],
      threads: '2',
      gate: ['tests'],
      stopWhen: '.9',
    }),
  ).toEqual({
    generator: { threads: 2, model: 'm', samples: 4 },
    judges: [
      { model: 'a', threads: 2 },
      { profile: 'b.json', threads: 2 },
    ],
    gates: ['tests'],
    stopWhen: 0.9,
  });
});

it('takes "none" for an empty list', () => {
  expect(teamOverrides({ judge: ['none'], gate: ['none'] })).toEqual({ judges: [], gates: [] });
});

it('leaves what is not a number to the schema, as NaN', () => {
  expect(teamOverrides({ temperature: 'warm', samples: ' ' })).toEqual({
    generator: { temperature: Number.NaN, samples: Number.NaN },
  });
});
