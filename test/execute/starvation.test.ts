import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Execution, Outcome } from '../../src/contracts/execution.ts';
import type { Task } from '../../src/contracts/task.ts';
import { openExecutor } from '../../src/execute/open-executor.ts';
import { findCgroupParents } from '../../src/execute/sandbox/cgroup.ts';
import { openSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { attackTask, problem, titled } from './attack-bench.ts';

interface Case {
  readonly before: string;
  readonly after: string;
  readonly good: string;
  /** Writes 1 MiB files until there is no room, and lets the error out. */
  readonly fillsDisk: string;
  readonly diskOutcome: Outcome;
  /** Keeps and touches memory without end. */
  readonly takesMemory: string;
}

const MiB = 1024 ** 2;

const cases: Readonly<Record<string, Case>> = {
  python: {
    before: '',
    after: 'assert attack() == 1',
    good: 'def attack():\n    return 1',
    fillsDisk:
      'def attack():\n    for i in range(1000):\n        with open(f"/tmp/{i}", "wb") as file:\n            file.write(b"x" * (1 << 20))\n    return 1',
    diskOutcome: 'runtime-error',
    takesMemory: 'def attack():\n    kept = []\n    while True: kept.append(bytearray(b"x") * (1 << 20))',
  },
  javascript: {
    before: '',
    after: "require('assert').strictEqual(attack(), 1);",
    good: 'function attack() { return 1; }',
    fillsDisk:
      "function attack() { for (let i = 0; i < 1000; i++) require('fs').writeFileSync('/tmp/' + i, Buffer.alloc(1 << 20)); return 1; }",
    diskOutcome: 'runtime-error',
    takesMemory: 'function attack() { const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1)); }',
  },
  java: {
    before: 'import java.util.*;\nclass Problem {\n',
    after: 'public static void main(String[] args) { assert attack() == 1; }\n}',
    good: 'static int attack() { return 1; }',
    fillsDisk: `static int attack() {
  try {
    for (int i = 0; i < 1000; i++) java.nio.file.Files.write(java.nio.file.Path.of("/tmp/" + i), new byte[1 << 20]);
  } catch (java.io.IOException e) { throw new RuntimeException(e.getMessage()); }
  return 1;
}`,
    diskOutcome: 'runtime-error',
    takesMemory:
      'static int attack() { List<byte[]> kept = new ArrayList<>(); while (true) kept.add(new byte[1 << 20]); }',
  },
  cpp: {
    before:
      '#include <cassert>\n#include <fstream>\n#include <stdexcept>\n#include <string>\n#include <vector>\n',
    after: 'int main() { assert(attack() == 1); }',
    good: 'int attack() { return 1; }',
    fillsDisk: `int attack() {
  for (int i = 0; i < 1000; i++) {
    std::ofstream file("/tmp/" + std::to_string(i));
    file << std::string(1 << 20, 'x') << std::flush;
    if (!file) throw std::runtime_error("No space left");
  }
  return 1;
}`,
    diskOutcome: 'runtime-error',
    takesMemory:
      'int attack() { std::vector<std::string> kept; while (1) kept.push_back(std::string(1 << 20, 1)); }',
  },
};

const limits = { memoryBytes: 512 * MiB, scratchBytes: 64 * MiB, fileBytes: 32 * MiB };

/** Cgroups that this process has made and not removed. */
function cgroupsLeft(): string[] {
  const parents = findCgroupParents();
  const folders = [parents?.memory, parents?.pids].filter((folder) => folder != null);
  return folders
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => name.startsWith(`codejury-${process.pid}-`));
}

describe.skipIf(problem !== null)(titled('candidates that fill the disk and starve memory'), () => {
  for (const [language, { before, after, good, fillsDisk, diskOutcome, takesMemory }] of Object.entries(
    cases,
  )) {
    it(`${language}: each gets its outcome, those beside and after it their own, and nothing is left`, async ({
      skip,
    }) => {
      const sandbox = await openSandbox('auto', process.env);
      const executor = openExecutor({ sandbox, limits });
      try {
        const missing = await executor.runner(language).then(
          () => null,
          (error: unknown) => String(error),
        );
        skip(missing !== null, missing ?? '');
        const task: Task = { ...attackTask('python', { before, after }), language, signature: '' };
        const run = (code: string): Promise<Execution> =>
          executor.execute({ task, candidate: { id: 'c', code }, signal: new AbortController().signal });
        const [disk, memory, ...innocent] = await Promise.all([fillsDisk, takesMemory, good, good].map(run));
        expect(disk, JSON.stringify(disk)).toMatchObject({
          outcome: diskOutcome,
          feedback: { message: expect.stringMatching(/no space left/i) },
        });
        expect(memory?.outcome, JSON.stringify(memory)).toBe('out-of-memory');
        for (const code of [fillsDisk, takesMemory]) expect((await run(code)).outcome).not.toBe('passed');
        innocent.push(await run(good));
        expect(innocent.map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
          Array(3).fill(['passed', 1]),
        );
        await executor.close();
        expect(cgroupsLeft()).toEqual([]);
      } finally {
        await executor.close();
      }
    }, 120_000);
  }
});
