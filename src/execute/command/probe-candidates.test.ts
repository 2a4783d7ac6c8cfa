import { expect, it } from 'vitest';
import { commandRunnerSchema } from '../../contracts/command-runner.ts';
import { probeCandidates } from './probe-candidates.ts';

const withProbes = (probes: object) => commandRunnerSchema.parse({ run: ['x', '{{file}}'], probes });

it('makes a function of each body', () => {
  const config = withProbes({
    bodyTemplate: '{{signature}} {\n{{body}}\n}',
    bodies: { empty: '', throwing: 'fail', dummies: ['give 0', 'give {{signature}}'] },
  });
  expect(probeCandidates(config, 'fn f(x) { \n')).toEqual([
    { kind: 'empty', code: 'fn f(x) {\n\n}' },
    { kind: 'throwing', code: 'fn f(x) {\nfail\n}' },
    { kind: 'dummy', code: 'fn f(x) {\ngive 0\n}' },
    { kind: 'dummy', code: 'fn f(x) {\ngive {{signature}}\n}' },
  ]);
});

it('leaves out what a language does not have', () => {
  expect(probeCandidates(withProbes({ bodyTemplate: '{{signature}}{{body}}', bodies: {} }), 'f')).toEqual([]);
  expect(probeCandidates(commandRunnerSchema.parse({ run: ['x', '{{file}}'] }), 'f')).toEqual([]);
});
