import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { JudgeResult } from '../../src/contracts/judge-result.ts';
import type { SolveResult } from '../../src/contracts/solve-result.ts';
import { runCodejury } from '../e2e/run-codejury.ts';
import { findRealModel } from '../support/real-model.ts';

const real = await findRealModel();
const folder = mkdtempSync(join(tmpdir(), 'codejury-team-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Separate homes, so that nothing computed is shared; the weights are. */
const environment = { CODEJURY_MODELS: dirname(dirname(real.path ?? '/none/none')) };
const home = (name: string) => join(folder, name);

const withoutTimes = (text: string): SolveResult =>
  JSON.parse(text, (key, value) => (/Ms$/.test(key) ? null : value)) as SolveResult;

describe.skipIf(real.reason !== null)(
  `a team of SmolLM2-135M${real.reason === null ? '' : `: skipped, ${real.reason}`}`,
  () => {
    it('solves: the same document for the same seed in two processes, with different candidates', async () => {
      const args = [
        'solve',
        'Write a Python function that returns the sum of the numbers in a list.',
        ...['--language', 'python', '--signature', 'def f(xs: list[int]) -> int:'],
        ...['--samples', '4', '--max-tokens', '120', '--seed', '7', '--offline', '--json'],
      ];
      const first = await runCodejury(args, { home: home('a'), env: environment });
      const second = await runCodejury(args, { home: home('b'), env: environment });
      expect(first.status).toBe(0);
      const result = withoutTimes(first.stdout);
      expect(withoutTimes(second.stdout)).toEqual(result);
      expect(new Set(result.candidates.map(({ code }) => code)).size).toBeGreaterThanOrEqual(3);
      for (const candidate of result.candidates) {
        expect(candidate.meanLogProbability).toBeLessThan(0);
      }
      expect(result.trace.judgementsMade).toBeGreaterThan(0);
      expect(result.trace.judgeCachedTokens).toBeGreaterThan(0);
    });

    it('judges files: probability, confidence and label mass of each', async () => {
      const right = join(folder, 'a.py');
      const wrong = join(folder, 'b.py');
      writeFileSync(right, 'def clamp(value, low, high):\n    return max(low, min(value, high))\n');
      writeFileSync(wrong, 'def clamp(value, low, high):\n    return value\n');
      const args = ['judge', '--task', 'python/clamp', right, wrong, '--offline', '--json'];
      const { status, stdout } = await runCodejury(args, { home: home('c'), env: environment });
      expect(status).toBe(0);
      const { candidates } = JSON.parse(stdout) as JudgeResult;
      for (const { probabilityCorrect, confidence, labelMass } of candidates) {
        expect(probabilityCorrect).toBeGreaterThan(0);
        expect(probabilityCorrect).toBeLessThan(1);
        expect(labelMass).toBeGreaterThan(0.2);
        expect(confidence).toBeLessThanOrEqual(labelMass ?? 0);
      }
    });
  },
);
