import { describe, expect, it } from 'vitest';
import { runInspect } from '../../src/pipeline/inspect/run-inspect.ts';
import { listBundledTasks } from '../../src/tasks/bundled-tasks.ts';
import { problem, titled } from './attack-bench.ts';

const languages = [...new Set((await listBundledTasks()).map(({ language }) => language))];

describe.skipIf(problem !== null)(titled('bundled tasks'), () => {
  // A task whose tests let a constant pass would teach a judge nonsense.
  it.each(languages)(
    '%s: all pass their own inspection, without a warning',
    async (language) => {
      const { tasks, counts } = await runInspect({
        source: `bundled:${language}`,
        only: [],
        samples: null,
        exclusions: null,
        projectFolder: null,
        runs: 2,
        workers: null,
        languages: [],
        limits: {},
        sandbox: 'bubblewrap',
        useCache: false,
        env: process.env,
        signal: new AbortController().signal,
      });
      const weak = tasks.filter(({ verdict, warnings }) => verdict !== 'kept' || warnings.length > 0);
      expect(weak.map(({ taskId, evidence, warnings }) => ({ taskId, evidence, warnings }))).toEqual([]);
      expect(counts.kept).toBeGreaterThanOrEqual(40);
    },
    300_000,
  );
});
