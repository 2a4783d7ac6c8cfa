import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';

/** Candidates of a task, as expressions of a; the first two are the same function. */
const BODIES = ['a + N', 'a + N  # so', 'a - N', 'a'];

/** Writes `return a` or `return a + 1` and so on up to 9, all as likely. */
const WRITES = {
  '\n': { '    ': 0 },
  '    ': { return: 0 },
  return: { ' a': 0 },
  ' a': { ' +': 1, '\n': 0 },
  ' +': { ' ': 0 },
  ' ': Object.fromEntries(Array.from('123456789', (digit) => [digit, 0])),
};

/**
 * A study of tiny models in a folder, which is made: a generator, a pool, a larger model, two judges. Of the candidates some pass.
 *
 * @returns the study's file
 */
export async function writeTinyStudy(folder: string, { tasks = 20, more = {} } = {}): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const numbers = Array.from({ length: tasks }, (_, index) => index + 1);
  writeLines(
    join(folder, 'tasks.jsonl'),
    numbers.map((number) => ({
      id: `own/add-${number}`,
      language: 'python',
      description: `Return a plus ${number}.`,
      signature: 'def add(a):',
      entryPoint: 'add',
      tests: `assert add(1) == ${1 + number}\n`,
      canonical: `def add(a):\n    return a + ${number}\n`,
    })),
  );
  writeLines(
    join(folder, 'pool.jsonl'),
    numbers.flatMap((number) =>
      BODIES.map((body, index) => ({
        taskId: `own/add-${number}`,
        code: `def add(a):\n    return ${body.replace('N', String(number))}\n`,
        meanLogProbability: -0.1 * (index + 1),
      })),
    ),
  );
  for (const [name, options] of Object.entries({
    writer: { transitions: WRITES },
    yes: { transitions: { '\n': { '1': 1, '0': 0 } } },
    no: { transitions: { '\n': { '1': 0, '0': 1 } } },
  })) {
    await writeTinyGguf(join(folder, `${name}.gguf`), { contextSize: 1024, ...options });
  }
  const file = join(folder, 'study.yaml');
  // JSON is YAML.
  const config = {
    name: 'tiny',
    tasks: ['tasks.jsonl'],
    generators: [
      { name: 'writer', model: 'writer.gguf', prompt: 'completion', samples: 4, maxTokens: 12 },
      { name: 'pool', pool: 'pool.jsonl', model: 'writer.gguf' },
    ],
    largeModels: [
      {
        name: 'large',
        model: 'writer.gguf',
        prompt: 'completion',
        samples: 1,
        temperature: 0,
        maxTokens: 12,
      },
    ],
    judges: [
      { name: 'yes', model: 'yes.gguf' },
      { name: 'no', model: 'no.gguf' },
    ],
    teams: { order: ['yes', 'no'] },
    candidates: [2, 4],
    repetitions: 5,
    resamples: 200,
    ...more,
  };
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}

function writeLines(path: string, records: readonly object[]): void {
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
