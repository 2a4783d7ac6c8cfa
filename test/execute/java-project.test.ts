import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/contracts/task.ts';
import { type Executor, openExecutor } from '../../src/execute/open-executor.ts';
import { openSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { readTasks } from '../../src/tasks/read-tasks.ts';
import { collect } from '../support/collect.ts';
import { compileJava, javaProblem } from '../support/compile-java.ts';
import { problem as noSandbox } from './attack-bench.ts';

const problem = noSandbox ?? javaProblem;

// A project of ours in CoderEval's layout: a method of one file, others that it uses as source, as class file and as resource.
const METHOD = '  static long total(long cents) {\n    return Tax.add(cents) + Fee.CENTS;\n  }';
const FILE = `package org.shop;\n\nclass Till {\n${METHOD}\n}\n`;
const SOURCES = {
  'src/main/java/org/shop/Till.java': FILE,
  'src/main/java/org/shop/Tax.java':
    'package org.shop;\nclass Tax {\n  static long add(long cents) { return cents + cents * Rate.percent() / 100; }\n  static long none() { throw new IllegalStateException("no tax"); }\n}\n',
  'src/main/java/org/shop/Rate.java': `package org.shop;
class Rate {
  static int percent() {
    try (var in = Rate.class.getResourceAsStream("/percent.txt")) { return Integer.parseInt(new String(in.readAllBytes()).trim()); }
    catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
  }
}
`,
  'src/main/resources/percent.txt': '20\n',
  'prices/one.txt': '100',
  'src/test/java/org/shop/TillTotalTest.java': `package org.shop;
import java.nio.file.*;
public class TillTotalTest {
  public static void main(String[] args) throws Exception {
    long price = Long.parseLong(Files.readString(Path.of("prices/one.txt")));
    if (Till.total(price) != 125) throw new AssertionError("not 125");
    if (Till.total(0) != 5) throw new Exception("free");
  }
}
`,
};

describe.skipIf(problem !== null)(
  `a project checkout${problem === null ? '' : ` (skipped: ${problem})`}`,
  () => {
    let folder: string;
    let executor: Executor;
    let task: Task | undefined;
    const put = async (name: string, content: string | Buffer) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    };
    const run = (code: string, of = task as Task) =>
      executor.execute({ task: of, candidate: { id: 'c', code }, signal: new AbortController().signal });

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'codejury-project-'));
      // Runs of root's candidates have nobody's rights.
      await chmod(folder, 0o755);
      for (const [name, content] of Object.entries(SOURCES)) await put(`shop/${name}`, content);
      const fee = 'package org.shop; public class Fee { static final long CENTS = Long.parseLong("5"); }';
      const [compiled] = await compileJava({ 'org/shop/Fee.java': fee });
      await put('shop/target/classes/org/shop/Fee.class', compiled?.bytes ?? '');
      const record = {
        ...{ _id: '1', name: 'total', code: METHOD, human_label: 'The total.', file_content: FILE },
        ...{ lineno: 4, end_lineno: 6, class_name: 'Till', package: 'org.shop', file_name: 'Till.java' },
        project: 'shop',
      };
      await put('tasks.json', JSON.stringify({ RECORDS: [record] }));
      [task] = await collect(readTasks(join(folder, 'tasks.json'), { projectFolder: folder }));
      executor = openExecutor({ sandbox: await openSandbox('auto', process.env) });
    });
    afterAll(async () => {
      await executor.close();
      await rm(folder, { recursive: true });
    });

    it('the original passes, with the classes, sources, resources and files of its project', async () => {
      expect(await run(METHOD)).toMatchObject({ outcome: 'passed', feedback: null });
    });

    it('a candidate takes its place, and fails', async () => {
      expect(await run('  static long total(long cents) { return cents; }')).toMatchObject({
        outcome: 'failed',
        feedback: { kind: 'AssertionError', line: null, message: 'not 125' },
      });
    });

    it('what the test main throws is a failed test, what the candidate throws is not', async () => {
      const code = (zero: string) =>
        `  static long total(long cents) throws Exception { if (cents == 0) ${zero} return 125; }`;
      expect(await run(code('return 1;'))).toMatchObject({
        outcome: 'failed',
        feedback: { kind: 'Exception', line: null, message: 'free' },
      });
      expect(await run(code('throw new Exception("free");'))).toMatchObject({
        outcome: 'runtime-error',
        feedback: { kind: 'Exception', line: 1 },
      });
    });

    it('errors have the line of the candidate', async () => {
      expect(await run('  static long total(long cents) {\n    return Taxes.add(cents);\n  }')).toMatchObject(
        {
          outcome: 'compile-error',
          feedback: { kind: 'cant.resolve.location', line: 2 },
        },
      );
      expect(
        await run(
          '  static long total(long cents) {\n    int zero = 0;\n    return Tax.add(cents) / zero;\n  }',
        ),
      ).toMatchObject({ outcome: 'runtime-error', feedback: { kind: 'ArithmeticException', line: 3 } });
      // Thrown in another file of the project, at a line that the candidate has in its own.
      expect(await run('  static long total(long cents) {\n    return Tax.none();\n  }')).toMatchObject({
        outcome: 'runtime-error',
        feedback: { kind: 'IllegalStateException', line: 2 },
      });
    });

    it('compiles without running', async () => {
      const compile = (code: string) =>
        executor.compile({
          task: task as Task,
          candidate: { id: 'c', code },
          signal: new AbortController().signal,
        });
      expect(await compile(METHOD)).toBeNull();
      expect(await compile('  static long total(long cents) { return Tax.no(); }')).toMatchObject({
        line: 1,
      });
    });

    it('a candidate can neither end the run as passed nor change the project', async () => {
      expect(await run('  static long total(long cents) { System.exit(0); return 1; }')).toMatchObject({
        outcome: 'exited-early',
      });
      const write =
        '  static long total(long cents) { try { java.nio.file.Files.writeString(java.nio.file.Path.of("prices/one.txt"), "1"); } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); } return 125; }';
      expect(await run(write)).toMatchObject({
        outcome: 'runtime-error',
        feedback: { kind: 'UncheckedIOException', message: expect.stringContaining('Read-only') },
      });
      expect(await run(METHOD)).toMatchObject({ outcome: 'passed' });
    });

    it('tells what is wrong outside the candidate', async () => {
      await put(
        'shop/src/main/java/org/shop/Tax.java',
        'package org.shop;\nclass Tax { static long add(long cents) { return "a"; } }\n',
      );
      expect(await run(METHOD)).toMatchObject({
        outcome: 'compile-error',
        feedback: {
          line: null,
          message: expect.stringMatching(/^outside the candidate: .*Tax\.java:2: incompatible types/),
        },
      });
      await put('shop/src/main/java/org/shop/Tax.java', SOURCES['src/main/java/org/shop/Tax.java']);
    });

    it('a project that is gone is no fault of the candidate', async () => {
      const javaProject = { ...(task?.metadata.javaProject as object), mainFile: 'Gone.java' };
      const gone = { ...(task as Task), metadata: { javaProject } };
      await expect(run(METHOD, gone)).rejects.toMatchObject({ code: 'not-found' });
    });

    it('nor is one that the sandbox may not read', async ({ skip }) => {
      const { protections } = executor.sandbox;
      const isOther =
        process.getuid?.() === 0 && protections.some(({ name, active }) => name === 'no root' && active);
      skip(!isOther, 'the sandbox has the rights of this user');
      await chmod(folder, 0o700);
      const again = openExecutor({ sandbox: executor.sandbox });
      try {
        const request = { task: task as Task, candidate: { id: 'c', code: METHOD } };
        await expect(
          again.execute({ ...request, signal: new AbortController().signal }),
        ).rejects.toMatchObject({
          code: 'capability',
          hint: expect.stringContaining('chmod'),
        });
      } finally {
        await again.close();
        await chmod(folder, 0o755);
      }
    });
  },
);
