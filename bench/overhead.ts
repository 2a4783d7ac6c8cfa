import type { LanguageModel } from '../src/lm/language-model.ts';
import { openModelOpener } from '../src/pipeline/open-model.ts';
import { type OpenTeam, openTeam } from '../src/pipeline/open-team.ts';
import { readTeam } from '../src/pipeline/read-team.ts';
import { solveTask } from '../src/pipeline/solve-task.ts';
import { noResultCache } from '../src/store/result-cache.ts';
import { listBundledTasks } from '../src/tasks/bundled-tasks.ts';

const SAMPLES = 10;
const TASKS = 3;

/**
 * `solve` with ten samples: the time in which no engine was at work, as a share of the whole. Target: under 5 %. Loading
 * the model is not counted, on either side.
 */
export async function run(): Promise<void> {
  const signal = new AbortController().signal;
  const opener = openModelOpener({ env: process.env, offline: false, signal });
  try {
    const source = await readTeam(null, { team: { generator: { samples: SAMPLES, maxTokens: 128 } } });
    const clock = engineClock();
    const team = timed(await openTeam(source, opener), clock.timed);
    const tasks = (await listBundledTasks()).filter(
      ({ language, metadata }) => language === 'python' && metadata.smallModel === true,
    );
    let totalMs = 0;
    for (const task of tasks.slice(0, TASKS)) {
      const startedAtMs = performance.now();
      await solveTask(task, team, {
        seed: 1,
        cache: noResultCache,
        executor: null,
        signal,
      });
      totalMs += performance.now() - startedAtMs;
    }
    const engineMs = clock.busyMs();
    const share = (totalMs - engineMs) / totalMs;
    console.log(
      `total ${totalMs.toFixed(0)} ms, engine at work ${engineMs.toFixed(0)} ms, our own code ${(totalMs - engineMs).toFixed(0)} ms`,
    );
    console.log(`overhead ${(share * 100).toFixed(2)} % (target: under 5 %)`);
  } finally {
    await opener.dispose();
  }
}

type Timed = <T>(work: () => Promise<T>) => Promise<T>;

/** Measures the time during which at least one engine call was under way. */
function engineClock(): { timed: Timed; busyMs: () => number } {
  let underWay = 0;
  let sinceMs = 0;
  let busyMs = 0;
  return {
    timed: async (work) => {
      if (underWay === 0) {
        sinceMs = performance.now();
      }
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0) {
          busyMs += performance.now() - sinceMs;
        }
      }
    },
    busyMs: () => busyMs,
  };
}

function timed(team: OpenTeam, clock: Timed): OpenTeam {
  return {
    ...team,
    writer: { ...team.writer, model: timedModel(team.writer.model, clock) },
    judges: team.judges.map((judge) => ({ ...judge, model: timedModel(judge.model, clock) })),
  };
}

function timedModel(model: LanguageModel, clock: Timed): LanguageModel {
  const { sample, scoreLabels, countTokens } = model;
  return {
    ...model,
    ...(sample && {
      async *sample(request) {
        const samples = sample(request)[Symbol.asyncIterator]();
        try {
          for (;;) {
            const { value, done } = await clock(() => samples.next());
            if (done) {
              return;
            }
            yield value;
          }
        } finally {
          await samples.return?.();
        }
      },
    }),
    ...(scoreLabels && { scoreLabels: (request) => clock(() => scoreLabels(request)) }),
    ...(countTokens && { countTokens: (prompt) => clock(() => countTokens(prompt)) }),
  };
}
