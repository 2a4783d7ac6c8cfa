import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type {
  Estimate,
  EvaluateResult,
  JudgeEvaluation,
  ThresholdShare,
} from '../src/contracts/judge-evaluation.ts';
import { seededRandom } from '../src/util/random.ts';
import { runMeasured } from './run-measured.ts';

const VERDICTS = 1_000_000;
const JUDGES = 4;
const CANDIDATES_A_TASK = 50;
const RESAMPLES = 1_000;
const SEED = 7;
const SAME = 1e-9;
const NUMPY = fileURLToPath(new URL('evaluate-numpy.py', import.meta.url));
const SHARES: readonly ThresholdShare[] = [
  ...(['coverage', 'precisionCorrect', 'precisionWrong', 'coverageCorrect', 'coverageWrong'] as const),
];

/** What evaluate-numpy.py prints. */
interface NumpyResult {
  readonly judges: Readonly<Record<string, Readonly<Record<string, readonly (number | null)[]>>>>;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/**
 * `codejury evaluate` as a whole process on a million verdicts of four judges with 1,000 resamples, beside NumPy doing the same with the
 * same draws: time, memory, and whether all values and intervals are the same. `npm run bench -- evaluate PYTHON`, one that has numpy;
 * a number after it is that of verdicts.
 */
export async function run(): Promise<void> {
  const [python = 'python3', verdicts = VERDICTS] = process.argv.slice(3);
  const folder = mkdtempSync(join(tmpdir(), 'codejury-evaluate-'));
  try {
    const file = await writeVerdicts(join(folder, 'verdicts.jsonl'), Number(verdicts));
    const out = join(folder, 'evaluation.json');
    const options = ['--resamples', String(RESAMPLES), '--seed', String(SEED), '--json', '--quiet'];
    const ours = await runMeasured(folder, ['evaluate', file, ...options], out);
    const theirs = askNumpy(python, file);
    const { judges } = JSON.parse(readFileSync(out, 'utf8')) as EvaluateResult;
    const say = (name: string, { seconds, cpuSeconds, peakBytes }: Omit<NumpyResult, 'judges'>) =>
      console.log(
        `${name} ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time, peak ${(peakBytes / 1e6).toFixed(0)} MB`,
      );
    console.log(`${verdicts} verdicts of ${JUDGES} judges, ${RESAMPLES} resamples`);
    say('ours ', ours);
    say('NumPy', theirs);
    const ratio = (of: (side: Omit<NumpyResult, 'judges'>) => number) => (of(theirs) / of(ours)).toFixed(2);
    console.log(
      `ours is ${ratio((side) => side.seconds)}x as fast by wall time, ${ratio((side) => side.cpuSeconds)}x by processor time, ${ratio((side) => side.peakBytes)}x less memory`,
    );
    const differences = judges.flatMap((judge) => differencesOf(judge, theirs.judges[judge.judge] ?? {}));
    const largest = differences.reduce((most, difference) => Math.max(most, difference), 0);
    console.log(
      `${differences.length} numbers compared, largest difference ${largest.toExponential(1)} (target: ${SAME})`,
    );
    if (!(largest <= SAME) || judges.length !== JUDGES) throw new Error('the two do not measure the same');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Judges that know a little; a hundredth of their answers is invalid. */
async function writeVerdicts(file: string, verdicts: number): Promise<string> {
  const stream = createWriteStream(file);
  const random = seededRandom(SEED);
  for (let judge = 0; judge < JUDGES; judge++) {
    for (let i = 0; i < verdicts / JUDGES; i++) {
      const task = Math.floor(i / CANDIDATES_A_TASK);
      const passed = (i * 7919) % 1000 < 100 + ((task * 104729) % 500);
      const noise = random() + random() + random() - 1.5;
      const probabilityCorrect = round(Math.min(1, Math.max(0, (passed ? 0.6 : 0.45) + 0.3 * noise)));
      const line = {
        ...{ taskId: `task/${task}`, candidateId: `candidate-${i}`, judge: `judge-${judge}` },
        label: random() < 0.01 ? null : probabilityCorrect >= 0.5 ? 1 : 0,
        ...{
          probabilityCorrect,
          confidence: round(0.98 * Math.max(probabilityCorrect, 1 - probabilityCorrect)),
        },
        passed,
      };
      if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, 'drain');
    }
  }
  stream.end();
  await finished(stream);
  return file;
}

function round(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}

function askNumpy(python: string, file: string): NumpyResult {
  const { status, stdout, error } = spawnSync(python, [NUMPY, file, String(RESAMPLES), String(SEED)], {
    ...{ encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  if (status !== 0) throw new Error(`${python} evaluate-numpy.py ended with ${status}`, { cause: error });
  return JSON.parse(stdout) as NumpyResult;
}

/** Of every value and end of an interval that either side has; infinite where one is known to one side only. */
function differencesOf(judge: JudgeEvaluation, theirs: NumpyResult['judges'][string]): number[] {
  const own = new Map<string, Estimate>(
    judge.precisionByConfidence.flatMap(({ threshold, intervals, ...row }) =>
      SHARES.map(
        (name) => [`${name} ${threshold.toFixed(2)}`, { value: row[name], ...intervals[name] }] as const,
      ),
    ),
  );
  for (const [name, estimate] of Object.entries(judge.metrics)) {
    if (name in theirs) own.set(name, estimate);
  }
  return Object.entries(theirs).flatMap(([name, [value, low, high]]) => {
    const estimate = own.get(name) ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN };
    const pairs: [number | null | undefined, number | null | undefined][] = [
      [estimate.value, value],
      [estimate.low, low],
      [estimate.high, high],
    ];
    return pairs.map(([a, b]) => (a == null || b == null ? (a === b ? 0 : Infinity) : Math.abs(a - b)));
  });
}
