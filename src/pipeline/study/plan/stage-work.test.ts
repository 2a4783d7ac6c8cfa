import { expect, it } from 'vitest';
import { studyConfigSchema } from '../../../contracts/study-config.ts';
import { studyWork } from './stage-work.ts';

const config = studyConfigSchema.parse({
  name: 'counted',
  tasks: ['tasks.jsonl'],
  generators: [
    { name: 'writer', samples: 10, model: 'writer.gguf' },
    { name: 'pool', pool: 'pool.jsonl' },
  ],
  largeModels: [{ name: 'large', samples: 2, model: 'large.gguf' }],
  judges: ['a', 'b', 'c'].map((name) => ({ name, model: 'judge.gguf' })),
  rankers: ['random', 'log-likelihood', 'coder-reviewer', 'codet'],
});
const pools = new Map([['pool', 77]]);

it('counts what each stage has to do at most', () => {
  const work = studyWork({ config, tasks: 20, pools, rates: new Map() });
  expect(Object.fromEntries([...work].map(([id, counted]) => [id, counted.work]))).toEqual({
    'samples-writer': { samples: 200, executions: 200, judgements: 0, likelihoods: 0 },
    'samples-pool': { samples: 0, executions: 77, judgements: 0, likelihoods: 0 },
    'samples-large': { samples: 40, executions: 40, judgements: 0, likelihoods: 0 },
    'verdicts-writer': { samples: 0, executions: 0, judgements: 600, likelihoods: 0 },
    'verdicts-pool': { samples: 0, executions: 0, judgements: 231, likelihoods: 0 },
    // Ten samples of tests a task for codet; two rankers ask for likelihoods.
    'choices-writer': { samples: 200, executions: 0, judgements: 0, likelihoods: 400 },
    'choices-pool': { samples: 200, executions: 0, judgements: 0, likelihoods: 154 },
  });
  expect(work.get('samples-pool')?.expected).toEqual(new Map([['executing', 77]]));
});

it('expects as many distinct candidates as were found in what was measured', () => {
  const found = { samples: 40, candidates: 30 };
  const rates = new Map([['samples-writer', { inputs: '', work: {}, found }]]);
  const work = studyWork({ config, tasks: 20, pools, rates });
  expect(work.get('samples-writer')).toMatchObject({
    work: { executions: 200 },
    expected: new Map([
      ['generating', 200],
      ['executing', 150],
    ]),
  });
  expect(work.get('verdicts-writer')?.expected).toEqual(new Map([['judging', 450]]));
});

it('has no verdicts without judges', () => {
  const work = studyWork({ config: { ...config, judges: [] }, tasks: 1, pools, rates: new Map() });
  expect([...work.keys()].filter((id) => id.startsWith('verdicts'))).toEqual([]);
});
