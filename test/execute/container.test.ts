import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CodejuryError } from '../../src/errors.ts';
import { locateProgram } from '../../src/execute/command/locate-program.ts';
import { resolveLimits } from '../../src/execute/limits.ts';
import { type Executor, openExecutor } from '../../src/execute/open-executor.ts';
import { openSandbox, tryEverySandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import type { Sandbox, SandboxResult, SandboxRun } from '../../src/execute/sandbox/sandbox.ts';
import { type FakeContainerEngine, fakeContainerEngine } from '../support/fake-container-engine.ts';
import { attackTask } from './attack-bench.ts';

const trials = await tryEverySandbox(process.env);
const bubblewrap = trials.find(({ name }) => name === 'bubblewrap');
const withoutBubblewrap = bubblewrap?.refusal?.message ?? null;
const real = trials.find(({ name, sandbox }) => name !== 'bubblewrap' && sandbox !== null);

const titled = (title: string, problem: string | null) =>
  problem === null ? title : `${title} (skipped: ${problem})`;

function sh(sandbox: Sandbox, script: string, more: Partial<SandboxRun> = {}): Promise<SandboxResult> {
  return sandbox.run({
    argv: ['/bin/sh', '-c', script],
    limits: resolveLimits(),
    signal: new AbortController().signal,
    ...more,
  });
}

async function refusal(engine: FakeContainerEngine, env: Readonly<Record<string, string>> = {}) {
  const error = await openSandbox('docker', { ...engine.env, ...env }).catch((caught: unknown) => caught);
  if (error instanceof CodejuryError) return error;
  throw new Error('expected a refusal', { cause: error });
}

describe('a container engine that cannot be used is refused', () => {
  it('without its image, with the command that makes it', async () => {
    using engine = fakeContainerEngine('bare');
    const error = await refusal(engine, { CODEJURY_SANDBOX_IMAGE: 'ours' });
    expect(error.code).toBe('sandbox');
    expect(error.message).toContain('docker has no image ours');
    expect(error.hint).toMatch(
      /docker build -t codejury-sandbox .*runners\/container.*CODEJURY_SANDBOX_IMAGE/,
    );
    expect(engine.calls().some(([verb]) => verb === 'run' || verb === 'pull')).toBe(false);
  });

  it('when it runs a command without containing it', async () => {
    using engine = fakeContainerEngine('bare');
    const error = await refusal(engine);
    expect(error.code).toBe('sandbox');
    expect(error.message).toMatch(
      /docker does not contain what runs in it: .*(root's rights|writable|privileges)/,
    );
  });
});

describe.skipIf(withoutBubblewrap !== null)(
  titled('the sandbox of a container engine, with a fake docker that starts bubblewrap', withoutBubblewrap),
  () => {
    let engine: FakeContainerEngine;
    let sandbox: Sandbox;
    let executor: Executor;
    beforeAll(async () => {
      engine = fakeContainerEngine('contained');
      sandbox = await openSandbox('docker', engine.env);
      executor = openExecutor({ sandbox });
    });
    afterAll(async () => {
      await executor.close();
      engine[Symbol.dispose]();
    });

    it('says what was found to hold, and what does not', () => {
      const active = Object.fromEntries(sandbox.protections.map(({ name, active }) => [name, active]));
      expect(sandbox.kind).toBe('container');
      expect(active).toMatchObject({ 'no network': true, 'no root': true, 'system call filter': false });
      // Nothing limits processes here, so that nothing may serve two candidates.
      expect(active['number of processes']).toBe(false);
      expect(sandbox.canReuse).toBe(false);
    });

    it('asks for containers that can only compute', async () => {
      await sh(sandbox, 'true', {
        limits: resolveLimits({ memoryBytes: 2 ** 28, processes: 9, scratchBytes: 2 ** 20 }),
      });
      const call = engine.calls().findLast(([verb]) => verb === 'run') ?? [];
      const flags = call.slice(0, call.indexOf('codejury-sandbox')).join(' ');
      for (const flag of [
        '--rm --interactive --pull never',
        '--network none --ipc none',
        '--user 65534:65534 --cap-drop ALL --security-opt no-new-privileges',
        '--read-only --tmpfs /tmp:rw,exec,nosuid,nodev,mode=1777,size=1048576',
        '--memory 268435456 --memory-swap 268435456 --pids-limit 10',
        '--log-driver none',
      ]) {
        expect(flags).toContain(flag);
      }
      expect(flags).not.toMatch(/--(volume|mount|privileged|env|publish|device)\b|-v /);
    });

    it('hands over input, files and environment, and nothing of the host', async () => {
      const result = await sh(
        sandbox,
        'cat; cat a/b.txt; [ -w c ] && echo writable; echo "$EXTRA$OF_THE_IMAGE$CODEJURY_HOME"; pwd; exit 5',
        {
          stdin: 'given\n',
          env: { EXTRA: 'more' },
          files: [
            { path: 'a/b.txt', content: 'file\n' },
            { path: 'c', content: '', writable: true },
          ],
        },
      );
      expect(result.stdout.toString()).toBe('given\nfile\nwritable\nmore\n/tmp\n');
      expect(result).toMatchObject({ exitCode: 5, endedBy: 'exit' });
    });

    it('has the engine kill what takes too long, says too much, or is interrupted', async () => {
      const stop = new AbortController();
      const endless = 'trap "" TERM; while :; do :; done';
      const aborted = sh(sandbox, endless, { signal: stop.signal });
      const ended = await Promise.all([
        sh(sandbox, endless, { limits: resolveLimits({ wallTimeMs: 500 }) }),
        sh(sandbox, 'while :; do echo y; done', { limits: resolveLimits({ outputBytes: 1000 }) }),
      ]);
      stop.abort();
      expect([...ended, await aborted].map(({ endedBy }) => endedBy)).toEqual([
        'wall-time',
        'output',
        'aborted',
      ]);
      expect(engine.calls().filter(([verb]) => verb === 'kill')).toHaveLength(3);
    });

    it('limits scratch space, the size of files and CPU time', async () => {
      const limits = resolveLimits({ scratchBytes: 2 ** 20, fileBytes: 2 ** 19, cpuTimeMs: 1_000 });
      const { stdout } = await sh(
        sandbox,
        'for i in 1 2 3 4; do head -c 400000 /dev/zero >$i 2>/dev/null || echo full; done; head -c 600000 /dev/zero >5 || echo large',
        { limits },
      );
      expect(stdout.toString()).toMatch(/full\n(.*\n)*large\n$/);
      expect((await sh(sandbox, 'while :; do :; done', { limits })).endedBy).toBe('cpu-time');
    });

    it('executes candidates, each in a container of its own', async () => {
      const before = engine.calls().length;
      const run = (code: string, wallTimeMs = 15_000) =>
        executor.execute({
          task: attackTask('python', { before: '', after: 'assert attack() == 1' }),
          candidate: { id: 'c', code },
          limits: { wallTimeMs },
          signal: new AbortController().signal,
        });
      const outcomes = [
        await run('def attack():\n    return 1'),
        await run('def attack():\n    return 2'),
        await run('import os\ndef attack():\n    os._exit(0)'),
        await run('def attack():\n    while True: pass', 500),
      ];
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'exited-early', 'timeout']);
      const started = engine
        .calls()
        .slice(before)
        .filter(([verb]) => verb === 'run');
      expect(new Set(started.map((call) => call[call.indexOf('--name') + 1])).size).toBe(started.length);
    });

    it('says what the image lacks', async () => {
      await expect(locateProgram('absent-compiler', sandbox, engine.env)).rejects.toMatchObject({
        code: 'sandbox',
        message: expect.stringContaining("absent-compiler: not found in the container's image"),
        hint: expect.stringContaining('CODEJURY_SANDBOX_IMAGE'),
      });
    });

    it('removes its containers when codejury is killed', async () => {
      using killed = fakeContainerEngine('contained');
      const script = `
        const { openSandbox } = await import(${JSON.stringify(new URL('../../src/execute/sandbox/open-sandbox.ts', import.meta.url).href)});
        const { resolveLimits } = await import(${JSON.stringify(new URL('../../src/execute/limits.ts', import.meta.url).href)});
        const sandbox = await openSandbox('docker', process.env);
        const started = sandbox.start({ argv: ['/bin/sh', '-c', 'echo up; while :; do :; done'], limits: resolveLimits() });
        started.onStdout(() => console.log('up'));`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        env: killed.env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await expect
        .poll(() => killed.calls().filter(([verb]) => verb === 'rm'), { timeout: 10_000 })
        .toContainEqual(['rm', '--force', expect.stringContaining(`codejury-${child.pid}-`)]);
    });
  },
);

const noEngine =
  real === undefined
    ? trials
        .slice(1)
        .map(({ refusal }) => refusal?.message)
        .join('; ')
    : null;

describe.skipIf(real === undefined)(
  titled(`a real container engine: ${real?.name ?? 'none'}`, noEngine),
  () => {
    const sandbox = real?.sandbox as Sandbox;

    it('contains', async () => {
      const script = `cat /sys/class/net/*/operstate | sort -u; [ -e /dev/shm ] && echo shm; [ -w /usr ] && echo usr
unshare --user true 2>/dev/null && echo namespace; id -u; grep -h NoNewPrivs /proc/self/status`;
      const { stdout } = await sh(sandbox, script);
      expect(stdout.toString().replace(/^(unknown|down)\n/, '')).toBe('65534\nNoNewPrivs:\t1\n');
    }, 60_000);

    it('ends what takes too much memory, or never ends, and leaves nothing', async () => {
      const hog = await sh(sandbox, 'x=x; while :; do x=$x$x; done', {
        limits: resolveLimits({ memoryBytes: 2 ** 27 }),
        capAddressSpace: false,
      });
      expect(hog.endedBy).toBe('memory');
      const endless = await sh(sandbox, 'setsid sh -c "while :; do :; done" & while :; do :; done', {
        limits: resolveLimits({ wallTimeMs: 3_000 }),
      });
      expect(endless).toMatchObject({ endedBy: 'wall-time', signal: 'SIGKILL' });
    }, 60_000);
  },
);
