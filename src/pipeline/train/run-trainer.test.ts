import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import type { TrainerEvent } from '../../train/trainer-event.ts';
import { runTrainer } from './run-trainer.ts';

/** A trainer that is a few lines of JavaScript, with `say` for events. */
async function fakeTrainer(script: string) {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const python = folder.path('python');
  const head = `#!${process.execPath}\nconst say = (event) => process.stdout.write(JSON.stringify(event) + '\\n');\n`;
  writeFileSync(python, head + script);
  chmodSync(python, 0o755);
  const events: TrainerEvent[] = [];
  const abort = new AbortController();
  const run = (onEvent: (event: TrainerEvent) => void = () => undefined) =>
    runTrainer({
      folder: folder.path('.'),
      python,
      trainer: '/nowhere',
      accelerateConfig: null,
      env: process.env,
      signal: abort.signal,
      onEvent: (event) => {
        events.push(event);
        onEvent(event);
      },
    });
  return { run, events, abort, log: () => readFileSync(folder.path('trainer.log'), 'utf8') };
}

describe.skipIf(process.platform === 'win32')('runTrainer', () => {
  it('hands events on, keeps everything that was printed, and is done when the trainer says so', async () => {
    const { run, events, log } = await fakeTrainer(`
      say({ event: 'preparing', what: 'rows' });
      process.stdout.write('{not json}\\nplain words\\n');
      process.stderr.write('a warning\\n');
      say({ event: 'of a later version', x: 1 });
      say({ event: 'done' });`);
    await run();
    expect(events).toEqual([{ event: 'preparing', what: 'rows' }, { event: 'done' }]);
    expect(log()).toContain('a warning');
    expect(log()).toContain('plain words');
  });

  it('tells an error of the trainer with its code and hint', async () => {
    const { run } = await fakeTrainer(`
      say({ event: 'error', code: 'context-length', message: 'all 3 rows are too long', hint: 'longer' });
      process.exitCode = 1;`);
    await expect(run()).rejects.toMatchObject({
      code: 'context-length',
      message: 'all 3 rows are too long',
      hint: 'longer',
    });
  });

  it('names the log where the trainer fails in a way it does not know', async () => {
    const { run } = await fakeTrainer(
      `say({ event: 'error', code: 'internal', message: 'KeyError: x', hint: null }); process.exitCode = 1;`,
    );
    await expect(run()).rejects.toMatchObject({
      code: 'engine',
      message: 'KeyError: x',
      hint: expect.stringContaining('trainer.log'),
    });
  });

  it('says that memory may have been too small when the trainer is killed', async () => {
    const { run } = await fakeTrainer(
      `say({ event: 'preparing', what: 'rows' }); setInterval(() => undefined, 1000); process.kill(process.pid, 'SIGKILL');`,
    );
    await expect(run()).rejects.toMatchObject({
      code: 'engine',
      message: 'the trainer was killed (SIGKILL)',
      hint: expect.stringContaining('memory'),
    });
  });

  it('does not take a silent end for a finished training', async () => {
    const { run } = await fakeTrainer('process.exitCode = 0;');
    await expect(run()).rejects.toMatchObject({ code: 'engine', message: 'the trainer ended with status 0' });
  });

  it('asks the trainer to stop when interrupted, and waits for its checkpoint', async () => {
    const { run, abort, log } = await fakeTrainer(`
      process.on('SIGTERM', () => { say({ event: 'stopped' }); process.exit(3); });
      setInterval(() => undefined, 1000);
      say({ event: 'preparing', what: 'rows' });`);
    const running = run(({ event }) => {
      if (event === 'preparing') abort.abort();
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(log()).toContain('stopped');
  });

  it('holds a pipe open that ends when this process does', async () => {
    const { run, events } = await fakeTrainer(`
      process.stdin.on('end', () => { process.exitCode = 1; }).resume();
      setTimeout(() => { say({ event: 'done' }); process.exit(0); }, 100);`);
    await run();
    expect(events).toEqual([{ event: 'done' }]);
  });

  it('tells that there is no such Python', async () => {
    const folder = await temporaryFolder();
    onTestFinished(folder.remove);
    const request = { folder: folder.path('.'), python: '/no/python', trainer: '/', accelerateConfig: null };
    await expect(
      runTrainer({
        ...request,
        env: process.env,
        signal: new AbortController().signal,
        onEvent: () => undefined,
      }),
    ).rejects.toMatchObject({ code: 'not-found', message: 'there is no Python /no/python' });
  });
});
