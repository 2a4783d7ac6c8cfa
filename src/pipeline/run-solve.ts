import type { Readable } from 'node:stream';
import type { SolveResult } from '../contracts/solve-result.ts';
import type { TeamConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { openCache } from './open-cache.ts';
import { type ModelEvents, openModelOpener } from './open-model.ts';
import { openRunExecutor } from './open-run-executor.ts';
import { openTeam } from './open-team.ts';
import { parseSandboxChoice } from './parse-sandbox-choice.ts';
import { readTask, type TaskRequest } from './read-task.ts';
import { readTeam, type TeamOverrides, type TeamSource } from './read-team.ts';
import type { OnSolveEvent } from './solve-events.ts';
import { solveTask } from './solve-task.ts';

export interface RunSolveOptions extends ModelEvents {
  readonly task: TaskRequest;
  readonly teamFile: string | null;
  readonly overrides: TeamOverrides;
  readonly seed: number;
  readonly sandbox: string;
  readonly useCache: boolean;
  readonly offline: boolean;
  readonly env: Environment;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly signal: AbortSignal;
  readonly onEvent?: OnSolveEvent;
}

/**
 * Everything between the command line and the result: task, team, models, cache, sandbox; all closed again at the end.
 * Everything a user can get wrong is checked before a model is opened.
 *
 * @throws {CodejuryError} of any code
 */
export async function runSolve(options: RunSolveOptions): Promise<SolveResult> {
  checkSeed(options.seed);
  parseSandboxChoice(options.sandbox);
  const task = await readTask(options.task, options.stdin);
  const source = withTestsGate(await readTeam(options.teamFile, options.overrides), options.task);
  if (source.config.gates.includes('tests') && task.tests === null) {
    throw new CodejuryError('usage', `the team has the gate "tests", but task ${task.id} has no tests`, {
      hint: 'give tests with --tests FILE, or remove "tests" from the gates',
    });
  }
  const { gates, languages, limits } = source.config;
  const executor = gates.some((gate) => gate !== 'parse')
    ? await openRunExecutor({ sandbox: options.sandbox, languages, limits, env: options.env })
    : null;
  const cache = await openCache(options);
  const opener = openModelOpener(options);
  try {
    const team = await openTeam(source, opener);
    return await solveTask(task, team, {
      seed: options.seed,
      cache,
      executor,
      signal: options.signal,
      ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
    });
  } finally {
    await opener.dispose();
    cache.close();
    await executor?.close();
  }
}

/** Tests given beside the task are meant to be used. */
function withTestsGate({ config, folder }: TeamSource, { testsFile }: TaskRequest): TeamSource {
  const gates: TeamConfig['gates'] =
    testsFile === undefined || config.gates.includes('tests') ? config.gates : [...config.gates, 'tests'];
  return { config: { ...config, gates }, folder };
}

function checkSeed(seed: number): void {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new CodejuryError(
      'usage',
      `seed: expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}, received ${seed}`,
      {
        hint: 'for example --seed 7',
      },
    );
  }
}
