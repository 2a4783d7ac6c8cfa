import { expect, it } from 'vitest';
import { collect } from '../../test/support/collect.ts';
import type { GivenSample } from '../contracts/given-sample.ts';
import { adhocTask } from '../tasks/adhoc-task.ts';
import { createTaskIndex } from '../tasks/task-index.ts';
import { type SampleCandidateOptions, sampleCandidates } from './sample-candidates.ts';

const HEAD = 'def twice(x):\n    """ Two times. """\n';
const tasks = createTaskIndex([
  {
    ...adhocTask({ description: 'Doubles.', signature: 'def twice(x):', language: 'python' }),
    id: 't',
    prompt: HEAD,
    completion: { head: HEAD, tail: '', closesClass: false },
  },
]);

const ANSWER = 'Sure!\n\n```python\ndef twice(x):\n    return 2 * x\n\nprint(twice(2))\n```\n';

async function candidates(form: GivenSample['form'], text: string, clean: SampleCandidateOptions['clean']) {
  const sample: GivenSample = {
    index: 0,
    place: 'f:1',
    taskId: 't',
    text,
    form,
    generator: null,
    passed: null,
  };
  const given = (async function* () {
    yield sample;
  })();
  const found = await collect(sampleCandidates(given, tasks, { clean }));
  return found.map(({ code, rejected }) => [code, rejected?.reason ?? null]);
}

it.each(['chat', 'never'] as const)('code and completions are taken verbatim (%s)', async (clean) => {
  const code = '# mine\ndef twice(x):\n    return 2 * x\n\nprint(1)';
  expect(await candidates('code', code, clean)).toEqual([[code, null]]);
  expect(await candidates('completion', '    return 2 * x\n\nprint(1)', clean)).toEqual([
    [`${HEAD}    return 2 * x\n\nprint(1)`, null],
  ]);
});

it('the function is taken out of answers, or nothing is changed', async () => {
  expect(await candidates('chat', ANSWER, 'chat')).toEqual([['def twice(x):\n    return 2 * x', null]]);
  expect(await candidates('chat', ANSWER, 'never')).toEqual([[ANSWER, null]]);
  expect(await candidates('chat', 'I cannot help.', 'chat')).toEqual([['I cannot help.', 'no-code']]);
});

it.each([
  ['completion', '    return 2 * x\n\nprint(1)'],
  ['code', `${HEAD}    return 2 * x\n\nprint(1)`],
  ['chat', `Sure!\n\n\`\`\`python\n${HEAD}    return 2 * x\n\`\`\`\n`],
] as const)('as a judge is shown it, the prompt is not repeated: %s', async (form, text) => {
  expect(await candidates(form, text, 'always')).toEqual([['def twice(x):\n    return 2 * x', null]]);
});

it('a comment of its own stays', async () => {
  const code = 'def twice(x):\n    """ Mine. """\n    return 2 * x';
  expect(await candidates('code', code, 'always')).toEqual([[code, null]]);
});

it('a sample of a task that is not there is a bug of the caller', async () => {
  await expect(
    collect(
      sampleCandidates(
        (async function* () {
          yield {
            index: 0,
            place: 'f:1',
            taskId: 'no',
            text: '',
            form: 'code' as const,
            generator: null,
            passed: null,
          };
        })(),
        tasks,
        { clean: 'never' },
      ),
    ),
  ).rejects.toThrow('f:1: no task no');
});
