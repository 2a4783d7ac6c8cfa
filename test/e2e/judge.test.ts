import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgedFile, JudgeResult } from '../../src/contracts/judge-result.ts';
import { judgeTemplateHash } from '../../src/prompts/judge-template.ts';
import { adhocTask } from '../../src/tasks/adhoc-task.ts';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
const file = (name: string, text: string) => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};
const model = join(home, 'tiny.gguf');
const task = file(
  'task.yaml',
  'language: python\ndescription: Return x plus one.\nsignature: "def inc(x: int) -> int:"\n',
);
const a = file('a.py', 'def inc(x):\n    return x + 1\n');
const b = file('b.py', 'def inc(x):\n    return x - 1\n');
const c = file('c.py', 'def inc(x):\n    return x + 1\n');

beforeAll(async () => {
  // After the header of the answer the model says 1 with probability e / (1 + e).
  await writeTinyGguf(model, { contextSize: 2048, transitions: { '\n': { '1': 1, '0': 0 } } });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('codejury judge, with weights in this process', () => {
  it('gives probability, confidence and label mass for each file', async () => {
    const args = ['judge', '--task', task, a, b, c, '--judge', model, '--json', '--quiet'];
    const { status, stdout, stderr } = await runCodejury(args, { home });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as JudgeResult;
    expect(result.candidates.map(({ source }) => source)).toEqual([a, b, c]);
    for (const candidate of result.candidates) {
      expect(candidate.probabilityCorrect).toBeCloseTo(Math.E / (1 + Math.E), 3);
      expect(candidate.confidence).toBeCloseTo(Math.E / (1 + Math.E), 3);
      expect(candidate.labelMass).toBeCloseTo(1, 3);
    }
    expect(result.candidates[0]?.candidateId).toBe(result.candidates[2]?.candidateId);
  });

  it('judges the candidates of a JSON-lines file and writes one line each', async () => {
    const lines = [readFileSync(a, 'utf8'), readFileSync(b, 'utf8')].map((code) =>
      JSON.stringify({ code, other: 1 }),
    );
    const candidates = file('candidates.jsonl', `${lines.join('\n')}\n\n`);
    const out = join(home, 'out.jsonl');
    const args = ['judge', '--task', task, '--candidates', candidates, '--out', out, '--judge', model];
    const { status, stdout } = await runCodejury(args, { home });
    expect(status).toBe(0);
    expect(stdout).toContain(`${candidates}:2`);
    const written = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JudgedFile);
    expect(written.map(({ source }) => source)).toEqual([`${candidates}:1`, `${candidates}:2`]);
    expect(written[0]?.probabilityCorrect).toBeCloseTo(Math.E / (1 + Math.E), 3);
  });

  it('says when the judge does not answer the question', async () => {
    const silent = join(home, 'silent.gguf');
    await writeTinyGguf(silent, { contextSize: 2048, transitions: { '\n': { '1': 0, a: 3 } } });
    const { status, stdout } = await runCodejury(['judge', '--task', task, a, '--judge', silent], { home });
    expect(status).toBe(0);
    expect(stdout).toContain('invalid');
    expect(stdout).toContain('gave 1 invalid answer of 1');
  });

  describe('asked by another method', () => {
    const ask = (...args: string[]) =>
      runCodejury(['judge', '--task', task, a, '--judge', model, ...args], { home });

    it('few-shot: shows examples of a dataset', async () => {
      const dataset = join(home, 'dataset');
      mkdirSync(dataset);
      const other = adhocTask({ description: 'Double x.', signature: 'def d(x):', language: 'python' });
      const candidate = (label: 0 | 1) =>
        JSON.stringify({
          taskId: other.id,
          split: 'train',
          candidateId: `${label}`,
          code: `def d(x): return ${label} * x`,
          label,
        });
      writeFileSync(join(dataset, 'tasks.jsonl'), `${JSON.stringify({ split: 'train', task: other })}\n`);
      writeFileSync(join(dataset, 'candidates.jsonl'), `${candidate(0)}\n${candidate(1)}\n`);
      const { status, stdout, stderr } = await ask(
        '--method',
        'few-shot',
        '--examples',
        dataset,
        '--json',
        '--quiet',
      );
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const { judges, candidates } = JSON.parse(stdout) as JudgeResult;
      expect(judges[0]).toMatchObject({ method: 'few-shot', valid: 1, invalid: 0 });
      expect(candidates[0]?.probabilityCorrect).toBeCloseTo(Math.E / (1 + Math.E), 3);
    });

    it('a written answer that cannot be read is invalid, counted, and on record', async () => {
      const { status, stdout } = await ask('--method', 'fault-list', '--json');
      expect(status).toBe(0);
      const { judges, candidates } = JSON.parse(stdout) as JudgeResult;
      expect(judges[0]).toMatchObject({ valid: 0, invalid: 1 });
      expect(candidates[0]).toMatchObject({ score: null, probabilityCorrect: null });
      expect(candidates[0]?.verdicts[0]?.texts).toHaveLength(1);
    });
  });

  it('asks a trained judge in its layout for its labels, and scales by Platt', async () => {
    const template = { method: 'rankef', layout: 'compact', labels: null, promptKind: 'chat' } as const;
    const profile = {
      ...{ name: 'tuned', model: 'tiny.gguf', ...template, templateHash: judgeTemplateHash(template) },
      ...{ platt: { slope: 2, intercept: 0 } },
    };
    const args = ['judge', '--task', task, a, '--profile', file('profile.json', JSON.stringify(profile))];
    const { stdout } = await runCodejury([...args, '--json'], { home });
    const { judges, candidates } = JSON.parse(stdout) as JudgeResult;
    expect(judges[0]).toMatchObject({ name: 'tuned', method: 'rankef', valid: 1 });
    // The model prefers 1, an execution error, to 0, which is correct here; the logit of 1 / (1 + e) is -1.
    expect(candidates[0]?.verdicts[0]?.label).toBe(0);
    expect(candidates[0]?.probabilityCorrect).toBeCloseTo(1 / (1 + Math.E), 3);
    expect(candidates[0]?.score).toBeCloseTo(1 / (1 + Math.exp(2)), 3);
  });
});
