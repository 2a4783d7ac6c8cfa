import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { openNodeProcesses } from './node-processes.ts';

/**
 * The runner for JavaScript: a Node.js process a candidate, started before it is needed. A program runs as `node main.js` would
 * run it: as CommonJS, or as an ES module where only that makes sense of its syntax.
 *
 * @throws {CodejuryError} `sandbox` when no Node.js works inside.
 */
export async function openJavascriptRunner(sandbox: Sandbox): Promise<LanguageRunner> {
  const processes = await openNodeProcesses(sandbox);
  const start = (mode: 'run' | 'compile', program: Program, options: RunOptions): Promise<RunReport> =>
    processes.ask({ mode, dialect: 'javascript', emitted: null }, program, options);
  return {
    language: 'javascript',
    fingerprint: processes.fingerprint,
    run: (program, options) => start('run', program, options),
    compile: (program, options) => start('compile', program, options),
    describe: async () => ({ detail: `Node.js ${processes.node.version}`, hint: null }),
    close: processes.close,
  };
}
