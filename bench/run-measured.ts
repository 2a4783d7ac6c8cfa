import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../src/cli/main.ts');

/** Tells the largest memory that the process ever had, what is alive on its heap at the end, in bytes, and its processor time. */
const TELL_MEMORY = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>{const peak=1024*process.resourceUsage().maxRSS;const{user,system}=process.cpuUsage();gc();gc();writeFileSync(process.env.MEMORY_FILE,JSON.stringify({peak,cpu:(user+system)/1e6,alive:process.memoryUsage().heapUsed}))})`;

export interface MeasuredRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly aliveBytes: number;
}

/**
 * `codejury` as a whole process, with a home of its own in `folder`.
 *
 * @param out file for what it prints; thrown away without it
 * @throws {Error} unless it ends with status 0.
 */
export async function runMeasured(
  folder: string,
  args: readonly string[],
  out?: string,
): Promise<MeasuredRun> {
  const memoryFile = join(folder, 'memory');
  const stdout = out === undefined ? 'ignore' : openSync(out, 'w');
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', TELL_MEMORY, MAIN, ...args], {
    env: { ...process.env, MEMORY_FILE: memoryFile, CODEJURY_HOME: join(folder, 'home') },
    stdio: ['ignore', stdout, 'inherit'],
  });
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (typeof stdout === 'number') closeSync(stdout);
  if (status !== 0) throw new Error(`codejury ${args[0]} ended with ${status}`);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const { peak, cpu, alive } = JSON.parse(readFileSync(memoryFile, 'utf8')) as Record<
    'peak' | 'cpu' | 'alive',
    number
  >;
  return { seconds, cpuSeconds: cpu, peakBytes: peak, aliveBytes: alive };
}
