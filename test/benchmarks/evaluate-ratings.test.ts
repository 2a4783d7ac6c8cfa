import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvaluateResult } from '../../src/contracts/judge-evaluation.ts';
import { runCodejury } from '../e2e/run-codejury.ts';

/** Published answers of eight models to the same candidates, which are not part of the project. */
const RATINGS = resolve(import.meta.dirname, '../../../shared/data/judge/tse-java-judged.jsonl.gz');
const isHere = existsSync(RATINGS);
const home = mkdtempSync(join(tmpdir(), 'codejury-ratings-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Counts and kappa by judge, by definition. */
const PYTHON = `
import gzip, json, sys
rows = [json.loads(line) for line in gzip.open(sys.argv[1], "rt")]
found = {}
for judge in rows[0]["ratings"]:
    answers = [(int(row["passed"]), row["ratings"][judge]) for row in rows]
    valid = [pair for pair in answers if pair[1] is not None]
    n = len(valid)
    tp, fp, fn, tn = (valid.count(cell) for cell in [(1, 1), (0, 1), (1, 0), (0, 0)])
    pe = ((tp + fn) * (tp + fp) + (fp + tn) * (fn + tn)) / n**2
    found[judge] = [len(answers), len(answers) - n, tp, fp, fn, tn, ((tp + tn) / n - pe) / (1 - pe)]
print(json.dumps(found))
`;

describe.skipIf(!isHere)(
  isHere ? 'published ratings' : 'published ratings (skipped: no ../shared/data)',
  () => {
    it('are measured as a few lines of Python say', async () => {
      const args = ['evaluate', RATINGS, '--json', '--quiet', '--resamples', '20'];
      const { stdout, status } = await runCodejury(args, { home });
      expect(status).toBe(0);
      const { judges } = JSON.parse(stdout) as EvaluateResult;
      const found = judges.map(({ judge, metrics, confusion: c }) => [
        judge,
        [
          ...[metrics.candidates.value, metrics.invalid.value],
          ...[c.truePositives, c.falsePositives, c.falseNegatives, c.trueNegatives],
          metrics.kappa.value,
        ],
      ]);
      const python = spawnSync('python3', ['-c', PYTHON, RATINGS], { encoding: 'utf8' });
      const expected = Object.entries(JSON.parse(python.stdout) as Record<string, number[]>).map(
        ([judge, numbers]) => [judge, numbers.map((number) => expect.closeTo(number, 12))],
      );
      expect(found).toEqual(expected);
      expect(found).toHaveLength(8);
    });
  },
);
