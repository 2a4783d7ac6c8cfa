import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../src/cli/main.ts');

/** Tells the largest memory that the process ever had, and what is alive on its heap at the end, in bytes. */
const TELL_MEMORY = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>{const peak=1024*process.resourceUsage().maxRSS;gc();gc();writeFileSync(process.env.MEMORY_FILE,JSON.stringify({peak,alive:process.memoryUsage().heapUsed}))})`;

export interface MeasuredRun {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly aliveBytes: number;
}

/**
 * `codejury` as a whole process, with a home of its own in `folder`.
 *
 * @throws {Error} unless it ends with status 0.
 */
export async function runMeasured(folder: string, args: readonly string[]): Promise<MeasuredRun> {
  const memoryFile = join(folder, 'memory');
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', TELL_MEMORY, MAIN, ...args], {
    env: { ...process.env, MEMORY_FILE: memoryFile, CODEJURY_HOME: join(folder, 'home') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`codejury ${args[0]} ended with ${status}`);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { peak, alive } = JSON.parse(readFileSync(memoryFile, 'utf8')) as { peak: number; alive: number };
  return { seconds, peakBytes: peak, aliveBytes: alive };
}
