import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/util/random.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { temporaryFolder } from '../support/tiny-model.ts';
import { writeTinyStudy } from '../support/tiny-study.ts';
import { runCodejury } from './run-codejury.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const KILLS = 5;

/** Seven runs of the program; half a minute where nobody else wants the processor. In milliseconds. */
const TIMEOUT_MS = 600_000;

/** The same study in a place of its own, with a home of its own. */
async function place(name: string) {
  const file = await writeTinyStudy(folder.path(name), {
    more: { repetitions: 3, resamples: 100, rankers: ['random', 'log-likelihood', 'judge:yes.gguf'] },
  });
  const home = folder.path(`${name}-home`);
  const out = folder.path(`${name}-out`);
  return {
    run: (killAfterMs: number | null) =>
      runCodejury(['study', 'run', file, '--out', out, '--quiet'], {
        home,
        onStart: (kill) => {
          if (killAfterMs !== null) setTimeout(() => kill('SIGKILL'), killAfterMs).unref();
        },
      }),
    read: (file: string) => readFileSync(join(out, file), 'utf8'),
    tables: () => readdirSync(join(out, 'report/tables')).map((name) => `report/tables/${name}`),
  };
}

describe.skipIf(problem !== null)(titled('a study that is killed'), () => {
  it('goes on, and in the end nobody can tell', { timeout: TIMEOUT_MS }, async () => {
    const whole = await place('whole');
    const startedAtMs = performance.now();
    expect(await whole.run(null)).toMatchObject({ status: 0, stderr: '' });
    const wholeMs = performance.now() - startedAtMs;

    const killed = await place('killed');
    const random = seededRandom(17);
    let kills = 0;
    while (kills < KILLS) {
      // Long enough to get somewhere, too short to get to the end together.
      const { status } = await killed.run(wholeMs * (0.05 + 0.2 * random()));
      if (status !== null) break;
      kills += 1;
    }
    // All of them, unless the machine has become much faster meanwhile.
    expect(kills).toBeGreaterThan(2);
    expect(await killed.run(null)).toMatchObject({ status: 0 });
    const tables = whole.tables().filter((name) => !/times\.\w+$/.test(name));
    expect(tables.length).toBeGreaterThan(20);
    for (const name of ['study.json', 'candidates.jsonl', ...tables]) {
      expect(killed.read(name)).toBe(whole.read(name));
      expect(whole.read(name)).not.toContain(folder.path(''));
    }
    const untilTimes = (text: string) => text.slice(0, text.indexOf('## Times'));
    expect(untilTimes(killed.read('report/report.md'))).toBe(untilTimes(whole.read('report/report.md')));
    const { generators, made } = JSON.parse(whole.read('study.json'));
    expect(generators.map(({ name }: { name: string }) => name)).toEqual(['writer', 'pool']);
    expect(Object.keys(made.rankers)).toEqual(['judge:yes.gguf']);
  });
});
