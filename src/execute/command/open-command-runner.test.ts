import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { commandRunnerSchema } from '../../contracts/command-runner.ts';
import { customLanguageSchema } from '../../contracts/custom-language.ts';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { Limits } from '../limits.ts';
import { openExecutor } from '../open-executor.ts';
import { describeSandbox, openSandbox } from '../sandbox/open-sandbox.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

const { problem } = await describeSandbox(process.env);
const title = (text: string) => (problem === null ? text : `${text} (skipped: ${problem})`);

/** The shell as a private language: it is everywhere. */
const SHELL: z.input<typeof commandRunnerSchema> = {
  compile: ['sh', '-n', '{{file}}'],
  run: ['sh', '-u', '{{file}}'],
  finished: 'echo {{token}}',
  errors: {
    compile: ['program\\.sh: (?<line>\\d+): (?<message>.*)$'],
    runtime: ['program\\.sh: (?<line>\\d+): (?<message>.*)$'],
    assertion: ['^check (?<line>\\d+): (?<message>.*)$'],
    testLine: '^check \\d+ "(?<input>.*)" = (?<expected>.*)$',
  },
  showActual: 'echo {{token}}{{input}}',
};

/** Called with its line, what to evaluate and what it should be. */
const CHECK = 'check() { [ "$2" = "$4" ] || { echo "check $1: wrong"; exit 1; }; }\n';

const signal = new AbortController().signal;

function taskWith(after: string, more: Partial<Task> = {}): Task {
  return {
    id: 'task',
    benchmark: 'adhoc',
    language: 'shell',
    description: 'adds one',
    signature: 'f()',
    prompt: null,
    completion: null,
    entryPoint: 'f',
    tests: { before: CHECK, after },
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
    ...more,
  };
}

async function faultOf(work: Promise<unknown>): Promise<CodejuryError> {
  const error = await work.catch((error: unknown) => error);
  if (error instanceof CodejuryError) return error;
  throw new Error('expected a fault', { cause: error });
}

describe.skipIf(problem !== null)(title('a language that is run by commands'), () => {
  let sandbox: Sandbox;
  let folder = '';
  beforeAll(async () => {
    sandbox = await openSandbox('auto', process.env);
    folder = mkdtempSync(join(tmpdir(), 'codejury-runner-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const open = (more: Partial<typeof SHELL> = {}, opened = sandbox) =>
    openExecutor({
      sandbox: opened,
      languages: [
        customLanguageSchema.parse({
          id: 'shell',
          extension: '.sh',
          lineComment: '#',
          blockStyle: 'braces',
          functionPattern: '^(?<name>\\w+)\\(\\)',
          runner: { ...SHELL, ...more },
        }),
      ],
    });
  const run = (
    code: string,
    after = 'check 3 "$(f 1)" = 2\ncheck 4 "$(f 5)" = 6',
    more: Partial<typeof SHELL> = {},
    task: Partial<Task> = {},
    limits: Partial<Limits> = {},
  ) => open(more).execute({ task: taskWith(after, task), candidate: { id: 'c', code }, limits, signal });

  it('passes', async () => {
    expect(await run('f() { echo $(($1 + 1)); }')).toEqual({
      candidateId: 'c',
      outcome: 'passed',
      feedback: null,
      durationMs: expect.any(Number),
      attempts: 1,
    });
  });

  it('fails with input, expected and, from a second run, the actual value', async () => {
    expect(await run('f() { echo $(($1 * 2)); }')).toMatchObject({
      outcome: 'failed',
      feedback: { kind: 'assertion', line: null, input: '$(f 5)', expected: '6', actual: '10' },
    });
  });

  it("tells errors in the candidate's lines", async () => {
    expect(await run('f() {\n  echo $nothing\n}', 'f 1')).toMatchObject({
      outcome: 'runtime-error',
      feedback: { line: 2, message: expect.stringContaining('nothing') },
    });
    expect(await run('f() {\n  )\n}')).toMatchObject({
      outcome: 'compile-error',
      feedback: { line: 2, message: expect.stringContaining(')') },
    });
  });

  it('does not pass what ends early', async () => {
    expect((await run('f() { exit 0; }', 'f\ncheck 3 "$(f 1)" = 2')).outcome).toBe('exited-early');
  });

  it('compiles without running, with the tests around or without', async () => {
    const executor = open();
    const compile = (code: string, tests: Task['tests']) =>
      executor.compile({ task: taskWith('', { tests }), candidate: { id: 'c', code }, signal });
    expect(await compile('f() { exit 7; }\nf', { before: '', after: 'f' })).toBeNull();
    expect(await compile('f() { exit 7; }', null)).toBeNull();
    expect(await compile('f() {\n)', null)).toMatchObject({ line: 2 });
  });

  it('ends a compiler and a run that do not end, each by its own limit', async () => {
    const loop = '[ 1 ] && while :; do :; done';
    const endless = await run('f() { :; }', loop, {}, {}, { wallTimeMs: 300 });
    expect(endless).toMatchObject({ outcome: 'timeout', attempts: 2, feedback: { kind: 'wall-time' } });
    // A slow compiler is not the run's time.
    const slow = { compile: ['sh', '-c', 'sleep 1'] as [string, ...string[]] };
    expect((await run('f() { :; }', '', slow, {}, { wallTimeMs: 900 })).outcome).toBe('passed');
  });

  it('ends floods, of a compiler too', async () => {
    const flood = 'while :; do echo "$PATH"; done';
    expect(await run('f() { :; }', flood)).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'output' },
    });
    const compile = ['sh', '-c', flood] as [string, ...string[]];
    expect((await run('f() { :; }', '', { compile })).outcome).toBe('compile-error');
  });

  it('takes what the program prints for no word of ours', async () => {
    const forged = `f() { :; }\necho "${'0'.repeat(32)} 0"\necho "${'0'.repeat(32)} 1"`;
    expect((await run(forged, '')).outcome).toBe('passed');
  });

  it('reads a program from standard input, and leaves no file of it', async () => {
    const onStdin = { run: ['sh'] as [string, ...string[]], programOn: 'stdin' as const };
    expect((await run('f() { ls; }', 'check 3 "$(f)" = ""', onStdin)).outcome).toBe('passed');
  });

  it('removes the source of what was compiled', async () => {
    const compiled = {
      compile: ['sh', '-c', 'cp {{file}} made'] as [string, ...string[]],
      run: ['sh', 'made'] as [string, ...string[]],
    };
    expect((await run('f() { ls; }', 'check 3 "$(f)" = made', compiled)).outcome).toBe('passed');
  });

  it('brings along files of the runner and of the task', async () => {
    const library = join(folder, 'library.sh');
    writeFileSync(library, 'one() { echo 1; }');
    const before = `${CHECK}. ./library.sh\n`;
    const task = { tests: { before, after: 'check 4 "$(f)" = 1two' }, resources: { 'data/two.txt': 'two' } };
    const code = 'f() { echo "$(one)$(cat data/two.txt)"; }';
    expect((await run(code, '', { files: [library] }, task)).outcome).toBe('passed');
    const fault = await faultOf(run(code, '', { files: [library] }, { resources: { 'library.sh': '' } }));
    expect(fault).toMatchObject({ code: 'usage', message: expect.stringContaining('library.sh') });
    const absent = await faultOf(run(code, '', { files: [join(folder, 'absent.sh')] }));
    expect(absent).toMatchObject({ code: 'not-found', message: expect.stringContaining('absent.sh') });
  });

  it('shows folders and programs of the machine, and says what it cannot show', async () => {
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    for (const path of [folder, tools]) chmodSync(path, 0o755);
    writeFileSync(join(tools, 'interpreter'), '#!/bin/sh\n. "$1"\n', { mode: 0o755 });
    const own = { run: [join(tools, 'interpreter'), './{{file}}'] as [string, ...string[]] };
    expect((await run('f() { echo 2; }', 'check 3 "$(f 1)" = 2', own)).outcome).toBe('passed');
    writeFileSync(join(tools, 'two'), '2');
    const listing = `f() { cat ${join(tools, 'two')}; }`;
    expect((await run(listing, 'check 3 "$(f)" = 2', { folders: [tools] })).outcome).toBe('passed');
    chmodSync(join(tools, 'interpreter'), 0o644);
    const fault = await faultOf(run('f() { :; }', '', own));
    expect(fault).toMatchObject({ code: 'sandbox', message: expect.stringContaining('interpreter') });
    const absent = await faultOf(run('f() { :; }', '', { run: ['codejury-absent', '{{file}}'] }));
    expect(absent).toMatchObject({
      code: 'sandbox',
      message: expect.stringContaining('codejury-absent: not found'),
    });
  });

  it('tells a wrong configuration from a wrong candidate by its self test', async () => {
    const wrong = { run: ['sh', '--no-such-option', '{{file}}'] as [string, ...string[]], selfTest: ': ok' };
    const fault = await faultOf(run('f() { :; }', '', wrong));
    expect(fault).toMatchObject({ code: 'sandbox', message: expect.stringMatching(/shell.*self test/s) });
    expect((await run('f() { :; }', '', { selfTest: ': ok' })).outcome).toBe('passed');
  });

  it('has limits of its own, which those of the user go before', async () => {
    const limits = { limits: { fileBytes: 1024 } };
    const code = 'f() { head -c 4096 /dev/zero > file && echo written; }';
    const after = 'check 3 "$(f)" = written';
    expect((await run(code, after, limits)).outcome).toBe('failed');
    expect((await run(code, after, limits, {}, { fileBytes: 8192 })).outcome).toBe('passed');
  });

  it('says what its verdicts are worth', async () => {
    const notes = async (more: Partial<typeof SHELL>) => (await open(more).runner('shell')).notes;
    expect(await notes({})).toEqual([]);
    expect(await notes({ finished: null })).toEqual([
      expect.stringContaining('exit code 0 counts as passed'),
    ]);
    expect(await notes({ compile: null })).toEqual([expect.stringContaining('"compile"')]);
  });

  it('has another fingerprint with another configuration, file or program', async () => {
    const print = async (more: Partial<typeof SHELL>) => (await open(more).runner('shell')).fingerprint;
    const file = join(folder, 'changes.sh');
    writeFileSync(file, 'one');
    const first = await print({ files: [file] });
    expect(await print({ files: [file] })).toBe(first);
    writeFileSync(file, 'two');
    expect(await print({ files: [file] })).not.toBe(first);
    expect(await print({})).not.toBe(await print({ prelude: 'x' }));
  });

  it('does not pass on the environment, but what the configuration says', async () => {
    const after = 'check 3 "$(f)" = "seed 7, 0"';
    const code = 'f() { echo "$CHANCE, $(env | grep -c SECRET)"; }';
    const executor = open(
      { env: { CHANCE: 'seed {{seed}}' } },
      await openSandbox('auto', {
        ...process.env,
        SECRET: 'x',
      }),
    );
    const request = { task: taskWith(after), candidate: { id: 'c', code }, signal };
    expect((await executor.execute({ ...request, seed: 7 })).outcome).toBe('passed');
  });

  it('is interrupted', async () => {
    const controller = new AbortController();
    const running = open().execute({
      task: taskWith('while :; do :; done'),
      candidate: { id: 'c', code: 'f() { :; }' },
      signal: controller.signal,
    });
    controller.abort(new Error('stop'));
    expect((await faultOf(running)).code).toBe('aborted');
  });

  it('cannot run a private language without a runner', async () => {
    const language = customLanguageSchema.parse({
      id: 'python',
      extension: '.p',
      blockStyle: 'braces',
      functionPattern: '(?<name>f)',
    });
    const executor = openExecutor({ sandbox, languages: [language] });
    const task = taskWith('', { language: 'python' });
    const fault = await faultOf(executor.execute({ task, candidate: { id: 'c', code: '' }, signal }));
    expect(fault).toMatchObject({ code: 'capability', hint: expect.stringContaining('`runner`') });
  });
});

describe.skipIf(process.platform === 'win32')('with --sandbox none', () => {
  it('runs in a folder of its own, whatever that is called', async () => {
    const executor = openExecutor({
      sandbox: await openSandbox('none', process.env),
      languages: [
        customLanguageSchema.parse({
          id: 'shell',
          extension: '.sh',
          blockStyle: 'braces',
          functionPattern: '^(?<name>\\w+)\\(\\)',
          runner: SHELL,
        }),
      ],
    });
    const execute = (code: string) =>
      executor.execute({ task: taskWith('check 3 "$(f)" = 2'), candidate: { id: 'c', code }, signal });
    expect((await execute('f() { echo 2; }')).outcome).toBe('passed');
    expect((await execute('f() { echo 3; }')).feedback).toMatchObject({ actual: '3' });
  });
});
