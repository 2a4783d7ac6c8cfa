import { execFileSync, spawnSync } from 'node:child_process';
import { median } from './median.ts';

const RUNS = 15;

/**
 * Whole processes, in turn: a bare `node -e 0` against `codejury --version` and `codejury --help`, from the build as it
 * is published. Targets: at most 2 and 3 times the bare start.
 */
export async function run(): Promise<void> {
  execFileSync('node', ['scripts/build.ts'], { stdio: 'inherit' });
  const commands = {
    'node -e 0': ['-e', '0'],
    'codejury --version': ['dist/cli/main.js', '--version'],
    'codejury --help': ['dist/cli/main.js', '--help'],
  };
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= RUNS; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const startedAtMs = performance.now();
      const { status } = spawnSync(process.execPath, args);
      if (status !== 0) {
        throw new Error(`${name} ended with ${status}`);
      }
      // The first round fills the caches.
      if (round > 0) {
        times.get(name)?.push(performance.now() - startedAtMs);
      }
    }
  }
  const bare = median(times.get('node -e 0') ?? []);
  for (const [name, all] of times) {
    const middle = median(all);
    console.log(
      `${name.padEnd(20)} ${middle.toFixed(1).padStart(7)} ms   ratio ${(middle / bare).toFixed(2)}`,
    );
  }
}
