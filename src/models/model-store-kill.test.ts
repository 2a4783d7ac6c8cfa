import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeHub, ggufLike, sha256Of, startFakeHub } from '../../test/support/fake-hub.ts';
import { createModelStore } from './model-store.ts';

const MODEL = ggufLike(3_000_000);
const SENT_BEFORE_THE_KILL = 1_200_000;

let folder: string;
let hub: FakeHub;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-kill-'));
  hub = await startFakeHub();
  hub.put('m.gguf', MODEL);
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

it('goes on where a killed process stopped, asking for the rest only', async () => {
  hub.storageMishaps.push({ sendBytes: SENT_BEFORE_THE_KILL, ending: 'hang' });
  const env = { ...process.env, HOME: folder, HF_ENDPOINT: hub.endpoint, MODELS_DIR: folder };
  const child = spawn(process.execPath, ['--input-type=module', '-e', PULL_AND_TELL], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const partial = path.join(folder, 'hf', 'owner', 'repo', 'main', 'm.gguf.partial');
  for await (const line of createInterface({ input: child.stdout })) {
    // The server holds back the rest for good, so this size is reached and stays.
    if (line === 'look' && (await sizeOf(partial)) === SENT_BEFORE_THE_KILL) child.kill('SIGKILL');
  }
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
  expect((await readdir(path.dirname(partial))).sort()).toEqual([
    'm.gguf.lock',
    'm.gguf.partial',
    'm.gguf.partial.json',
  ]);

  const store = createModelStore({ modelsDir: folder, env });
  const model = await store.ensure('hf:owner/repo/m.gguf');
  expect(model.sha256).toBe(sha256Of(MODEL));
  expect(
    hub.requests.filter(({ server }) => server === 'storage').map(({ headers }) => headers.range),
  ).toEqual([undefined, `bytes=${SENT_BEFORE_THE_KILL}-`]);
  expect(hub.sentBytes()).toBe(MODEL.length);
  expect((await readdir(path.dirname(partial))).sort()).toEqual(['m.gguf', 'm.gguf.json']);
});

/** Pulls the model; a timer tells the parent to look, since the last piece before the silence is reported by nobody. */
const PULL_AND_TELL = `
const { createModelStore } = await import(${JSON.stringify(new URL('./model-store.ts', import.meta.url).href)});
const store = createModelStore({ modelsDir: process.env.MODELS_DIR, env: process.env });
setInterval(() => console.log('look'), 20);
await store.ensure('hf:owner/repo/m.gguf');
`;

async function sizeOf(file: string): Promise<number> {
  return existsSync(file) ? (await stat(file)).size : 0;
}
