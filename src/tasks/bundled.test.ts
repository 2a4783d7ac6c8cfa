import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Task, taskSchema } from '../contracts/task.ts';
import { listBundledTasks } from './bundled-tasks.ts';
import { bundledTasksFolder } from './bundled-tasks-folder.ts';

/** What every bundled task says of itself. */
const metadataSchema = z.strictObject({
  difficulty: z.enum(['easy', 'medium', 'hard']),
  topics: z.array(z.string().regex(/^[a-z-]+$/)).min(1),
  smallModel: z.literal(true).optional(),
});

/** How the tasks of one language are written. */
interface Convention {
  readonly entryPoint: (name: string) => string;
  readonly signature: (entryPoint: string) => RegExp;
  readonly assertion: RegExp;
  readonly fewestAssertions: number;
  readonly before: string;
  /** What differs from run to run, or is of the outside world. */
  readonly unwanted: RegExp;
}

const inCamelCase = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const conventions: Readonly<Record<string, Convention>> = {
  python: {
    entryPoint: (name) => name.replaceAll('-', '_'),
    signature: (entryPoint) => new RegExp(`^def ${entryPoint}\\(.*\\) -> .+:$`),
    assertion: /^\s*(?:assert\b|raise AssertionError\b)/gm,
    fewestAssertions: 6,
    before: '',
    unwanted: /\b(?:import (?:random|time|os|sys|socket)|\.now\(|\.today\(|open\(|input\(|print\()/,
  },
  java: {
    entryPoint: inCamelCase,
    signature: (entryPoint) => new RegExp(`^public static (?:<.+> )?[^ ].* ${entryPoint}\\(.*\\) \\{$`),
    assertion: /^\s*(?:assert |throw new AssertionError\()/gm,
    fewestAssertions: 7,
    // The same imports for all: what a candidate may use does not depend on what the canonical solution used.
    before: [
      ...['math', 'time', 'util', 'util.function', 'util.regex', 'util.stream'].map(
        (name) => `import java.${name}.*;`,
      ),
      '',
      'class Problem {',
      '',
    ].join('\n'),
    // The order of Set.of is another one in every run of the JVM.
    unwanted: /\b(?:(?:Random|Thread|System|Runtime|Class|java\.(?:io|net|nio|lang))\b|Set\.of\(|now\()/,
  },
  javascript: {
    entryPoint: inCamelCase,
    signature: (entryPoint) => new RegExp(`^function ${entryPoint}\\(.*\\) \\{$`),
    assertion: /^\s*assert\.\w+\(/gm,
    fewestAssertions: 7,
    before: '',
    unwanted:
      /\b(?:Math\.random|Date\.now|new Date\(\)|console|process|import|fetch|async|await|setTimeout|require\((?!'node:assert'\)))/,
  },
};

const tasks = await listBundledTasks();
const bareName = (task: Task) => task.id.slice(task.id.indexOf('/') + 1);

test('the folder has languages whose conventions are known', () => {
  expect([...new Set(tasks.map((task) => task.language))].sort()).toEqual(Object.keys(conventions).sort());
});

test('a name that several languages have is one problem, which keeps its tasks together', () => {
  const ids = (wanted: Task, same: (task: Task) => unknown) =>
    tasks.filter((task) => same(task) === same(wanted)).map((task) => task.id);
  for (const task of tasks) {
    const namesakes = ids(task, bareName);
    expect(task.problem, task.id).toBe(namesakes.length > 1 ? `codejury/${bareName(task)}` : null);
    if (task.problem !== null) {
      expect(ids(task, ({ problem }) => problem)).toEqual(namesakes);
    }
  }
});

describe.each(Object.entries(conventions))('%s', (language, convention) => {
  const own = tasks.filter((task) => task.language === language);

  test('there are enough of every difficulty', () => {
    const metadata = own.map((task) => metadataSchema.parse(task.metadata));
    expect(own.length).toBeGreaterThanOrEqual(40);
    expect(metadata.filter((entry) => entry.smallModel).length).toBeGreaterThanOrEqual(10);
    for (const difficulty of ['easy', 'medium', 'hard']) {
      expect(metadata.filter((entry) => entry.difficulty === difficulty).length).toBeGreaterThanOrEqual(6);
    }
    expect(metadata.filter((entry) => entry.smallModel && entry.difficulty !== 'easy')).toEqual([]);
  });

  test('nothing but tasks lies in the folder, and all of it is ASCII', async () => {
    const folder = join(bundledTasksFolder(), language);
    const names = await readdir(folder);
    expect(names.map((name) => `${language}/${name}`).sort()).toEqual(own.map((task) => `${task.id}.yaml`));
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8');
      expect(text, name).toMatch(/^[\n\x20-\x7e]*$/);
      expect(text, name).not.toMatch(/[ \t]$/m);
    }
  });

  test.each(own.map((task) => [task.id, task] as const))('%s is well formed', (_, task) => {
    const { entryPoint, signature, description, canonical, tests } = taskSchema.parse(task);
    expect(task.benchmark).toBe('codejury');
    expect(entryPoint).toBe(convention.entryPoint(bareName(task)));
    expect(signature).toMatch(convention.signature(entryPoint ?? ''));
    // Some model will see it inside a docstring or a comment.
    expect(description).not.toMatch(/"""|\*\/|\\/);

    // The whole function with the signature the task asks for, and nothing that runs by itself.
    expect(canonical?.split('\n')).toContain(signature);

    const assertions = tests?.after.match(convention.assertion) ?? [];
    expect(assertions.length).toBeGreaterThanOrEqual(convention.fewestAssertions);
    expect(assertions.length).toBeLessThanOrEqual(15);
    expect(tests?.after).toContain(`${entryPoint}(`);
    expect(tests?.before).toBe(convention.before);
    expect(`${tests?.after}${canonical}`).not.toMatch(convention.unwanted);
  });
});
