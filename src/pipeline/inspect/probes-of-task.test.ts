import { expect, it } from 'vitest';
import { customLanguageSchema } from '../../contracts/custom-language.ts';
import type { Task } from '../../contracts/task.ts';
import { probesOfTask } from './probes-of-task.ts';

const task = (language: string, signature: string): Task => ({
  id: 't',
  benchmark: 'b',
  language,
  description: 'd',
  signature,
  prompt: null,
  completion: null,
  entryPoint: null,
  tests: { before: '', after: 'check' },
  problem: null,
  canonical: null,
  resources: null,
  metadata: {},
});
const rulescript = (probes: object | null) =>
  customLanguageSchema.parse({
    id: 'rulescript',
    extension: '.rule',
    blockStyle: 'keyword',
    endKeyword: 'done',
    functionPattern: '^\\s*rule\\s+(?<name>\\w+)',
    runner: { run: ['rules', '{{file}}'], probes },
  });
const declared = {
  bodyTemplate: '{{signature}}\n  {{body}}\ndone\n',
  bodies: { empty: 'skip', throwing: 'fail "x"', dummies: ['give 0'] },
};

it('takes what the configuration of a private language declares', () => {
  expect(probesOfTask(task('rulescript', 'rule double of n'), [rulescript(declared)])).toEqual([
    { kind: 'empty', body: 'rule double of n\n  skip\ndone', code: 'rule double of n\n  skip\ndone\n' },
    {
      kind: 'throwing',
      body: 'rule double of n\n  fail "x"\ndone',
      code: 'rule double of n\n  fail "x"\ndone\n',
    },
    { kind: 'dummy', body: 'rule double of n\n  give 0\ndone', code: 'rule double of n\n  give 0\ndone\n' },
  ]);
});

it('has none for a private language that declares none, and knows the built-in ones by itself', () => {
  expect(probesOfTask(task('rulescript', 'rule double of n'), [rulescript(null)])).toBeNull();
  expect(probesOfTask(task('python', 'def f(x):'), [rulescript(declared)])?.[0]?.code).toBe(
    'def f(x):\n    pass\n',
  );
});
