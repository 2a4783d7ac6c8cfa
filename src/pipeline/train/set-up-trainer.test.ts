import { existsSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import type { ProgramRequest } from '../../io/run-program.ts';
import { setUpTrainer } from './set-up-trainer.ts';
import { findTrainerPython } from './trainer-environment.ts';

/** Sets up with programs that do nothing: `answer` gives status and output, null = there is no such program. */
async function setUp(answer: (command: string, args: string) => [number, string] | null) {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const env = { CODEJURY_HOME: folder.path('home') };
  const commands: string[] = [];
  const done = setUpTrainer({
    env,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    platform: 'linux',
    run: async ({ command, args }: ProgramRequest) => {
      const text = args.join(' ');
      commands.push(`${command} ${text}`);
      const found = answer(command, text);
      if (found === null) throw Object.assign(new Error('no such program'), { code: 'ENOENT' });
      const [exitCode, stdout] = found;
      return { exitCode, timedOut: false, stdout, stderr: exitCode === 0 ? '' : stdout };
    },
  });
  return { done, commands, env };
}

const works = (command: string, args: string): [number, string] | null =>
  command === 'nvidia-smi' ? null : [0, args.startsWith('-c import sys') ? '3.12\n' : ''];

it('installs a torch without CUDA where no GPU is, then the rest, and training finds it', async () => {
  const { done, commands, env } = await setUp(works);
  const { python, gpu } = await done;
  expect(gpu).toBe(false);
  expect(commands.find((command) => command.includes('torch=='))).toMatch(/torch==[\d.]+\+cpu$/);
  expect(commands.some((command) => command.includes('-r ') && command.includes('requirements.txt'))).toBe(
    true,
  );
  expect(await findTrainerPython(env)).toBe(python);
});

it('takes the ordinary torch where a GPU is, and builds of its makers where an index has none without CUDA', async () => {
  const gpu = await setUp((command, args) => works(command, args) ?? [0, 'GPU 0']);
  await gpu.done;
  expect(gpu.commands.find((command) => command.includes('torch=='))).toMatch(/torch==[\d.]+$/);
  const other = await setUp((command, args) =>
    /quiet .*torch==\S+\+cpu$/.test(args) && !args.includes('--index-url')
      ? [1, 'none']
      : works(command, args),
  );
  await other.done;
  expect(other.commands.some((command) => command.includes('--index-url'))).toBe(true);
});

it.each([
  ['no Python', () => null, 'not-found', 'there is none'],
  [
    'an old Python',
    (command: string) => (command === 'python3' ? ([0, '3.9\n'] as [number, string]) : null),
    'not-found',
    'python3 is 3.9',
  ],
  [
    'no venv',
    (command: string, args: string) =>
      args.startsWith('-m venv') ? ([1, 'No module named venv'] as [number, string]) : works(command, args),
    'not-found',
    'No module named venv',
  ],
  [
    'no network',
    (command: string, args: string) =>
      args.includes('pip') ? ([1, 'could not connect'] as [number, string]) : works(command, args),
    'download',
    'could not connect',
  ],
])('tells of %s', async (_name, answer, code, message) => {
  const { done, env } = await setUp(answer);
  await expect(done).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  await expect(findTrainerPython(env)).rejects.toMatchObject({ hint: expect.stringContaining('--setup') });
  expect(existsSync(`${env.CODEJURY_HOME}/trainer.lock`)).toBe(false);
});
