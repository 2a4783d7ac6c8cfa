import { describe, expect, it } from 'vitest';
import { TESTS, taskWith } from '../../test/support/python-candidate.ts';
import { openExecutor } from './open-executor.ts';
import type { Sandbox, SandboxEnd, SandboxProcess } from './sandbox/sandbox.ts';

describe('a machinery that fails', () => {
  const end: SandboxEnd = {
    exitCode: 1,
    signal: null,
    stderr: Buffer.from('bwrap: no space left'),
    endedBy: 'exit',
    durationMs: 1,
  };
  /** Finds Python, then starts processes that say this to a request, one after another, and end when they have no more to say. */
  function scripted(processes: readonly (readonly string[])[]): Sandbox {
    const left = [...processes];
    return {
      kind: 'none',
      protections: [],
      hostEnv: {},
      run: async () => ({ ...end, exitCode: 0, stdout: Buffer.from('3.11.2\n') }),
      start: (): SandboxProcess => {
        const answers = [...(left.shift() ?? [])];
        const { promise: ended, resolve } = Promise.withResolvers<SandboxEnd>();
        let tell = (_chunk: Buffer): void => undefined;
        return {
          onStdout: (listener) => {
            tell = listener;
          },
          write: () => {
            const answer = answers.shift();
            if (answer === undefined) resolve(end);
            else tell(Buffer.from(answer));
          },
          closeStdin: () => undefined,
          kill: (endedBy) => resolve({ ...end, endedBy }),
          memoryKills: () => 0,
          ended,
        };
      },
    };
  }
  const run = (processes: readonly (readonly string[])[]) =>
    openExecutor({ sandbox: scripted(processes) }).execute({
      task: taskWith(TESTS),
      candidate: { id: 'c', code: 'x' },
      signal: new AbortController().signal,
    });

  it('is tried once more, then reported as its own fault', async () => {
    expect(await run([])).toMatchObject({
      outcome: 'sandbox-error',
      attempts: 2,
      feedback: { kind: 'sandbox', message: 'the Python runner did not start: bwrap: no space left' },
    });
  });

  it('does not hide what the second run shows', async () => {
    expect(await run([[], ['5:ready,']])).toMatchObject({
      outcome: 'runtime-error',
      attempts: 2,
      feedback: { kind: 'runner-ended' },
    });
  });

  it('is not believed without the nonce', async () => {
    const forged = '60:6:+NONCE,6:+37524,7:+passed,1:-,1:-,1:-,1:-,1:-,1:-,5:+more,,';
    expect(await run([['5:ready,', forged]])).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'runner-ended' },
    });
  });
});
