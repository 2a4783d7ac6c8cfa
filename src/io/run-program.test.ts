import { expect, it } from 'vitest';
import { MAXIMUM_OUTPUT_BYTES, runProgram } from './run-program.ts';

const node = (script: string) => ({
  command: process.execPath,
  args: ['-e', script],
  env: process.env,
  timeoutMs: 30_000,
});

it('gives exit code and both streams, passing arguments untouched by any shell', async () => {
  const result = await runProgram({
    ...node('console.log(process.argv[1]); console.error("bad"); process.exit(3)'),
    args: ['-e', 'console.log(process.argv[1]); console.error("bad"); process.exit(3)', '$HOME; echo "x"'],
  });
  expect(result).toEqual({ exitCode: 3, timedOut: false, stdout: '$HOME; echo "x"\n', stderr: 'bad\n' });
});

it('keeps the end of a long output', async () => {
  const result = await runProgram(node('process.stdout.write("a".repeat(3e6)); process.stdout.write("end")'));
  expect(result.stdout).toHaveLength(MAXIMUM_OUTPUT_BYTES);
  expect(result.stdout.endsWith('aend')).toBe(true);
});

it('kills the whole group at the time limit, children that hold the pipe included', async () => {
  const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
    { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
  const result = await runProgram({ ...node(script), timeoutMs: 300 });
  expect(result).toMatchObject({ exitCode: null, timedOut: true });
});

it('ends with `aborted` when the signal fires', async () => {
  const controller = new AbortController();
  const running = runProgram({ ...node('setInterval(() => {}, 1000)'), signal: controller.signal });
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
});

it('rejects with the system code when there is no such program', async () => {
  await expect(runProgram({ ...node(''), command: 'codejury-no-such-program' })).rejects.toMatchObject({
    code: 'ENOENT',
  });
});
