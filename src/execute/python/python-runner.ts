import { readFile } from 'node:fs/promises';
import { CodejuryError } from '../../errors.ts';
import { hashParts } from '../../util/hash.ts';
import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Limits } from '../limits.ts';
import { resourceFiles } from '../resource-files.ts';
import type { Sandbox, SandboxCommand } from '../sandbox/sandbox.ts';
import { openSession } from '../session/session.ts';
import { createSessionPools } from '../session/session-pools.ts';
import { findPython, type Python } from './find-python.ts';
import { askPython, type PythonRequest } from './python-request.ts';

const RUNNER_FOLDER = new URL('../../../runners/python/', import.meta.url);

/** Parts of the program inside, in their order. */
const RUNNER_FILES = ['wire.py', 'feedback.py', 'child.py', 'serve.py'];

/**
 * No site-packages (-S, -s): what is installed on a machine must not decide. No -I, which would ignore the hash seed;
 * the environment is empty anyway.
 */
const FLAGS = ['-s', '-S', '-B', '-c'];

/** Candidates after which a server is replaced, so that nothing in it can grow for ever. */
const SERVES_AT_MOST = 5_000;

/** What is fixed when a server starts. */
interface Kind {
  readonly seed: number;
  readonly limits: Limits;
}

/**
 * The runner for Python: servers that fork a process a candidate, or where a sandbox cannot be used again, one of them a
 * candidate.
 *
 * @throws {CodejuryError} `sandbox` when no Python works inside.
 */
export async function openPythonRunner(sandbox: Sandbox): Promise<LanguageRunner> {
  const [python, ...parts] = await Promise.all([
    findPython(sandbox),
    ...RUNNER_FILES.map((file) => readFile(new URL(file, RUNNER_FOLDER), 'utf8')),
  ]);
  const source = parts.join('\n');
  const isReused = sandbox.canReuse === true;
  const servers = createSessionPools<Kind>({
    open: (kind) => openSession(sandbox.start(serverCommand(python, source, kind, isReused))),
    servesAtMost: isReused ? SERVES_AT_MOST : 1,
  });
  const start = async (
    mode: 'run' | 'compile',
    program: Program,
    options: RunOptions,
  ): Promise<RunReport> => {
    const { limits, seed = 0 } = options;
    // Time is the request's own and shall not make for a server of its own.
    const kind = { seed, limits: { ...limits, wallTimeMs: 1, cpuTimeMs: 1 } };
    const request: PythonRequest = {
      mode,
      tests: program.tests,
      code: program.code,
      files: resourceFiles(program.task, limits),
      options,
    };
    const first = await servers.use(kind, (session) => askPython(session, request), options.alone);
    if (first !== null) return first;
    // Something was not as it should be, and it may be the doing of an earlier candidate.
    const second = await servers.use(kind, (session) => askPython(session, request), true);
    if (second === null)
      throw new CodejuryError('sandbox', 'a Python runner nobody has used is out of order');
    return second;
  };
  return {
    language: 'python',
    fingerprint: `python ${python.version} runner ${hashParts(source).slice(0, 12)}`,
    run: (program, options) => start('run', program, options),
    compile: (program, options) => start('compile', program, options),
    describe: async () => ({ detail: `Python ${python.version}, ${python.executable}`, hint: null }),
    close: servers.close,
  };
}

function serverCommand(python: Python, source: string, kind: Kind, isInit: boolean): SandboxCommand {
  return {
    // As text, not as a file: the sandbox's user may not be allowed to read where codejury is installed.
    argv: [python.executable, ...FLAGS, source],
    readOnlyBinds: python.readOnlyBinds,
    env: { PYTHONHASHSEED: String(kind.seed) },
    limits: kind.limits,
    isInit,
  };
}
