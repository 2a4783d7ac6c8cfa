import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeProfileSchema } from '../../src/contracts/judge-profile.ts';
import type { JudgeResult } from '../../src/contracts/judge-result.ts';
import { runCodejury } from '../e2e/run-codejury.ts';
import { findRealModel } from '../support/real-model.ts';

const FOLDER = resolve(import.meta.dirname, '../../judges/smollm2-135m-python');
const MEGABYTES = 10;

const real = await findRealModel();
const folder = mkdtempSync(join(tmpdir(), 'codejury-shipped-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the shipped judge', () => {
  it('is small, has a licence, and says what it earned', () => {
    const bytes = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
    expect(bytes).toBeLessThan(MEGABYTES * 1e6);
    const profile = judgeProfileSchema.parse(JSON.parse(readFileSync(join(FOLDER, 'profile.json'), 'utf8')));
    expect(profile).toMatchObject({ name: 'smollm2-135m-python', licence: 'Apache-2.0', method: 'probe' });
    const { aucWithinTask = null, kappa = null } = profile.metrics ?? {};
    expect(kappa).toBeGreaterThan(0.25);
    const card = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    expect(card).toContain(`| AUC within task | ${aucWithinTask?.toFixed(3)} |`);
  });

  it.skipIf(real.reason !== null)(
    `opens by its name and knows right from wrong where it is plain${real.reason === null ? '' : `: skipped, ${real.reason}`}`,
    async () => {
      const [right, wrong] = [join(folder, 'a.py'), join(folder, 'b.py')];
      writeFileSync(right, 'def is_even(n):\n    return n % 2 == 0\n');
      writeFileSync(wrong, 'def is_even(n):\n    return n\n');
      const task = join(folder, 'task.yaml');
      writeFileSync(
        task,
        'description: Return True if the number is even, otherwise False.\nlanguage: python\nsignature: "def is_even(n: int) -> bool:"\n',
      );
      const judge = ['--profile', 'bundled:smollm2-135m-python', '--offline', '--json'];
      const env = { CODEJURY_MODELS: dirname(dirname(real.path ?? '/none/none')) };
      const run = await runCodejury(['judge', '--task', task, right, wrong, ...judge], {
        home: join(folder, 'home'),
        env,
      });
      expect(run.status).toBe(0);
      const [first, second] = (JSON.parse(run.stdout) as JudgeResult).candidates;
      expect(first?.probabilityCorrect).toBeGreaterThan((second?.probabilityCorrect ?? 1) + 0.1);
    },
  );
});
