import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Task, taskSchema } from '../../src/contracts/task.ts';
import { type JsonRecord, readJsonRecords } from '../../src/io/read-json-records.ts';
import { candidateOfCompletion } from '../../src/tasks/candidate-of-completion.ts';
import { readTasks } from '../../src/tasks/read-tasks.ts';
import { readSamples } from '../../src/tasks/samples/read-samples.ts';
import { createTaskIndex } from '../../src/tasks/task-index.ts';
import { collect } from '../support/collect.ts';

/** Real benchmark files, which are not part of the project. */
const DATA = resolve(import.meta.dirname, '../../../shared/data');
const isHere = existsSync(DATA);
const title = isHere ? 'real benchmark files' : 'real benchmark files (skipped: no ../shared/data)';

/** How each file's own harness puts a program together. */
type Harness = (record: JsonRecord['value'], completion: string) => string;
const text = (record: JsonRecord['value'], field: string) => String(record[field]);
const multiplE: Harness = (record, completion) =>
  `${text(record, 'prompt')}${completion}\n${text(record, 'tests')}`;
const humaneval: Harness = (record, completion) =>
  `${text(record, 'prompt')}${completion}\n${text(record, 'test')}\ncheck(${text(record, 'entry_point')})`;
const humanevalX: Harness = (record, completion) =>
  `${text(record, 'prompt')}${completion}\n${text(record, 'test')}`;
const mbxp: Harness = (record, completion) => `${text(record, 'prompt')}${completion}${text(record, 'test')}`;

/** File, number of tasks, first id, harness, and a completion of its form. */
const FILES: readonly (readonly [string, number, string, Harness | null, string])[] = [
  ['multipl-e/humaneval-java', 158, 'multipl-e-humaneval/java/23_strlen', multiplE, '        return 0;'],
  ['multipl-e/humaneval-js', 161, 'multipl-e-humaneval/javascript/23_strlen', multiplE, '  return 0;\n}'],
  ['multipl-e/humaneval-ts', 159, 'multipl-e-humaneval/typescript/23_strlen', multiplE, '  return 0;\n}'],
  ['multipl-e/humaneval-go', 154, 'multipl-e-humaneval/go/23_strlen', multiplE, '\treturn 0\n}'],
  ['multipl-e/humaneval-rs', 156, 'multipl-e-humaneval/rust/23_strlen', multiplE, '    0'],
  ['humaneval-python/HumanEval', 164, 'humaneval/python/0', humaneval, '    return 0\n'],
  [
    'humaneval-python/HumanEval_for_code_generation.codet',
    164,
    'humaneval/python/0',
    humaneval,
    '    return 0',
  ],
  ['humaneval-python/humaneval-python.deepseek', 164, 'humaneval-x/python/0', humanevalX, '    return 0\n'],
  ['humaneval-x/humaneval_java', 164, 'humaneval-x/java/0', humanevalX, '        return "}";\n    }\n} '],
  ['mbxp/mbjp_release_v1', 966, 'mbxp/java/1', mbxp, "        return '}';\n    }\n}"],
  ['mbpp/mbpp', 974, 'mbpp/python/1', null, ''],
];

function file(name: string): string {
  return join(DATA, 'benchmarks', `${name}.jsonl.gz`);
}

const loaded = new Map<string, readonly Task[]>();
beforeAll(async () => {
  for (const [name] of isHere ? FILES : []) {
    loaded.set(name, await collect(readTasks(file(name))));
  }
});

describe.skipIf(!isHere)(title, () => {
  it.each(FILES)('%s: %i tasks, complete and unique', (name, count, firstId) => {
    const tasks = loaded.get(name) ?? [];
    expect(tasks).toHaveLength(count);
    expect(tasks[0]?.id).toBe(firstId);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(count);
    expect(new Set(tasks.map(({ problem }) => problem)).size).toBe(count);
    for (const task of tasks) {
      taskSchema.parse(task);
      const { entryPoint, signature, description, tests } = task;
      expect(entryPoint, task.id).toMatch(/^\w+$/);
      expect(signature, task.id).toContain(entryPoint);
      expect(signature, task.id).not.toMatch(/\n|\{$/);
      expect(tests?.after.trim(), task.id).not.toBe('');
      // Words, not code: no comment signs at the start of lines, no header.
      expect(description, task.id).not.toMatch(/^\s*(?:\/\/|\/\*|\*\/|"""|''')/m);
      expect(description, task.id).not.toContain(signature);
    }
  });

  it('the problems of HumanEval are the same in all its files, those of MBPP too', () => {
    const problems = (name: string) => (loaded.get(name) ?? []).map(({ problem }) => problem);
    const humanevalProblems = new Set(problems('humaneval-python/HumanEval'));
    const mbppProblems = new Set(problems('mbpp/mbpp'));
    for (const [name] of FILES) {
      const all = name.startsWith('mbxp') || name.startsWith('mbpp') ? mbppProblems : humanevalProblems;
      expect(
        problems(name).filter((problem) => problem === null || !all.has(problem)),
        name,
      ).toEqual([]);
    }
  });

  it.each(FILES.filter(([, , , harness]) => harness !== null))(
    '%s: the program of a completion is the benchmark’s own',
    async (name, _count, _id, harness, completion) => {
      const tasks = loaded.get(name) ?? [];
      let index = 0;
      for await (const { value } of readJsonRecords(file(name))) {
        const task = tasks[index++] as Task;
        const texts = [completion, value.canonical_solution].filter((one) => typeof one === 'string');
        for (const own of texts) {
          const candidate = candidateOfCompletion(task, own);
          const program = `${task.tests?.before}${candidate}\n${task.tests?.after}`;
          const expected = harness?.(value, own) ?? '';
          if (task.completion?.closesClass) {
            expect(candidate.length, task.id).toBe((task.completion.head + own).length - 1);
            // The brace of the class stands on a line of its own; but for blanks all is the same.
            expect(blankless(program), task.id).toBe(blankless(expected));
          } else {
            expect(program, task.id).toBe(expected);
          }
          if (own === value.canonical_solution) {
            expect(task.canonical, task.id).toBe(candidate);
          }
        }
      }
      expect(index).toBe(tasks.length);
    },
  );

  it.each([
    [
      'humaneval-python-codegen16b',
      'benchmarks/humaneval-python/HumanEval_for_code_generation.codet',
      5200,
      0,
      130,
    ],
    ['benchmarks/mbxp/mbjp_samples', 'benchmarks/mbxp/mbjp_release_v1', 966, 0, 966],
    // Of 1333 and 923 passed ones: labels that the records themselves call doubtful count as none.
    ['judge/codereval-java-candidates', 'judge/codereval-java-candidates', 8932, 1024, 189],
    ['judge/codereval-python-candidates', 'judge/codereval-python-candidates', 7794, 783, 177],
    ['judge/tse-java-judged', 'judge/tse-java-judged', 1146, 461, 151],
  ])('%s: samples of known tasks', async (samples, tasks, count, passed, taskCount) => {
    const index = createTaskIndex(await collect(readTasks(join(DATA, `${tasks}.jsonl.gz`))));
    const read = await collect(readSamples(join(DATA, `${samples}.jsonl.gz`), index));
    expect(read).toHaveLength(count);
    expect(read.map((sample) => sample.index)).toEqual([...read.keys()]);
    expect(read.filter((sample) => sample.passed).length).toBe(passed);
    expect(new Set(read.map((sample) => sample.taskId)).size).toBe(taskCount);
  });
});

function blankless(program: string): string {
  return program.replace(/\s+/g, '');
}
