import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataCard } from '../../src/contracts/data-card.ts';
import type { ExecutedCandidate } from '../../src/contracts/executed-candidate.ts';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { startCodeServer } from './code-server.ts';
import { runCodejury } from './run-codejury.ts';

let folder = '';
let tasks = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-generators-'));
  tasks = join(folder, 'inc.yaml');
  const task = {
    id: 'own/inc',
    language: 'python',
    description: 'Return x plus one.',
    signature: 'def inc(x: int) -> int:',
    entryPoint: 'inc',
    tests: 'assert inc(1) == 2\n',
    canonical: 'def inc(x: int) -> int:\n    return x + 1\n',
  };
  writeFileSync(tasks, JSON.stringify(task));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answers = ['x + 1', 'x - 1'].map(
  (expression) => `Sure!\n\`\`\`python\ndef inc(x: int) -> int:\n    return ${expression}\n\`\`\``,
);

function run(command: readonly string[], out: string, more: readonly string[]) {
  const args = [...command, '--tasks', tasks, '--out', join(folder, out), ...more];
  return runCodejury(args, { home: join(folder, 'home') });
}

describe.skipIf(problem !== null)(titled('candidates that a generator writes'), () => {
  it('are executed as those of a file are', async () => {
    await using server = await startCodeServer({ answers, isRight: () => false });
    const team = join(folder, 'team.yaml');
    writeFileSync(
      team,
      JSON.stringify({ generator: { model: `openai:tiny@${server.baseUrl}`, samples: 20 } }),
    );
    const result = await run(['execute'], 'out.jsonl', [
      '--generator',
      team,
      '--count',
      '8',
      '--json',
      '--quiet',
    ]);
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toMatchObject({ samples: 8, candidates: 2, executed: 2 });
    expect(server.generations()).toBe(8);
    const rows = readFileSync(join(folder, 'out.jsonl'), 'utf8').trim().split('\n');
    const found = rows.map((row) => JSON.parse(row) as ExecutedCandidate);
    expect(found.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'passed']);
    expect(found.flatMap(({ samples }) => samples).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const { code, outcome } of found) expect(outcome === 'passed').toBe(code.includes('x + 1'));
  });

  it('become a dataset, several generators together', async () => {
    await using server = await startCodeServer({ answers, isRight: () => false });
    const model = `openai:tiny@${server.baseUrl}`;
    const generators = [
      '--generator',
      model,
      '--generator',
      `openai:other@${server.baseUrl}`,
      '--count',
      '4',
    ];
    const result = await run(['dataset', 'build'], 'dataset', [...generators, '--seed', '3', '--json']);
    expect(result.status).toBe(0);
    const card = JSON.parse(result.stdout) as DataCard;
    expect(card.funnel.find(({ unit }) => unit === 'samples')?.left).toBe(8);
    const generator = card.inputs.find(({ name }) => name.startsWith(`generator ${model} `));
    expect(generator?.sha256).toBeNull();
    expect(generator?.name).toContain('"samples":4,"temperature":1');
  });

  it('are taken from the store where `solve` has drawn them', async () => {
    const model = `file:${join(folder, 'tiny.gguf')}`;
    await writeTinyGguf(join(folder, 'tiny.gguf'), { contextSize: 1024 });
    const home = join(folder, 'home-of-solve');
    const sampling = { model, samples: 3, maxTokens: 16 };
    const team = join(folder, 'tiny.json');
    writeFileSync(team, JSON.stringify({ generator: sampling, judges: [] }));
    const samplesOnRecord = () => {
      using database = new DatabaseSync(join(home, 'results.sqlite'), { readOnly: true });
      return database.prepare("select count(*) as count from result where kind = 'sample'").get()?.count;
    };
    const solved = await runCodejury(['solve', '--task', tasks, '--team', team, '--seed', '5'], { home });
    expect(solved.stderr).not.toContain('error');
    expect(samplesOnRecord()).toBe(3);
    const out = join(folder, 'tiny.jsonl');
    const execute = ['execute', '--tasks', tasks, '--generator', team, '--out', out, '--json', '--seed'];
    const same = await runCodejury([...execute, '5'], { home });
    expect(JSON.parse(same.stdout)).toMatchObject({ samples: 3 });
    expect(samplesOnRecord()).toBe(3);
    await runCodejury([...execute, '6'], { home });
    expect(samplesOnRecord()).toBe(6);
  });

  it('are not written for a task without tests', async () => {
    const untested = join(folder, 'untested.yaml');
    const { tests: _, ...task } = JSON.parse(readFileSync(tasks, 'utf8')) as Record<string, unknown>;
    writeFileSync(untested, JSON.stringify(task));
    await using server = await startCodeServer({ answers, isRight: () => false });
    const model = `openai:tiny@${server.baseUrl}`;
    const result = await runCodejury(
      ['dataset', 'build', '--tasks', untested, '--generator', model, '--out', join(folder, 'never')],
      { home: join(folder, 'home') },
    );
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('own/inc has no tests');
    expect(server.generations()).toBe(0);
  });
});

it.each([
  [[], 'expected either --samples FILE or --generator MODEL'],
  [['--samples', 'a.jsonl', '--generator', 'smollm2-135m'], 'expected either'],
  [['--samples', 'a.jsonl', '--count', '3'], '--count: expected only with --generator'],
  [['--generator', 'smollm2-135m', '--count', 'many'], '--count: expected a whole number'],
  [['--generator', 'no-such-team.yaml'], 'cannot read the team file no-such-team.yaml'],
])('refuses %j', async (flags, says) => {
  const result = await run(['execute'], 'refused.jsonl', flags);
  expect(result.stderr).toContain(says);
  expect(result.stdout).toBe('');
});
