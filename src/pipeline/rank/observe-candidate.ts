import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { PoolCandidate, RankedTask } from '../../select/ranker.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { hashJson } from '../../util/hash.ts';
import type { ScoreSources } from './score-sources.ts';

/** Longest that one statement may take, in seconds of CPU: what else the machine does must not decide. */
const SECONDS_EACH = 0.1;

/** For all of them, and for what interrupting one cannot stop; in milliseconds. */
const WALL_TIME_MS = 5_000;

/** Of one run: a report is cut at some hundred characters, of which each says four statements. */
const MOST_STATEMENTS = 1_000;

type Sandbox = Pick<ScoreSources, 'executor' | 'cache' | 'signal'>;

/**
 * Which statements run to their end with a candidate, one after another in one run in the sandbox: a `1` for each that does, else a
 * `0`. Null when the candidate does not get that far: it does not compile, ends the program, or takes too long.
 *
 * What a candidate can do to this report is no more than it can do by its values: change how it is ranked, never a label.
 *
 * @throws {CodejuryError} as Executor.execute; `sandbox` when the machinery fails.
 */
export async function observePasses(
  statements: readonly string[],
  task: RankedTask,
  candidate: Pick<PoolCandidate, 'code'>,
  sandbox: Sandbox,
): Promise<string | null> {
  const runs: string[] = [];
  for (let start = 0; start < statements.length; start += MOST_STATEMENTS) {
    const some = statements.slice(start, start + MOST_STATEMENTS);
    const passes = await observeSome(some, task, candidate, sandbox);
    if (passes === null) return null;
    runs.push(passes);
  }
  return runs.join('');
}

async function observeSome(
  statements: readonly string[],
  task: RankedTask,
  candidate: Pick<PoolCandidate, 'code'>,
  sandbox: Sandbox,
): Promise<string | null> {
  // Hexadecimal behind a leading 1.
  const run = {
    act: 'exec(text, scope); said = "1"',
    failed: '"0"',
    report: '"%x" % int("1" + "".join(seen), 2)',
  };
  const report = await observe(run, statements, task, candidate, sandbox);
  if (report === null || !/^[0-9a-f]+$/.test(report)) return null;
  const digits = BigInt(`0x${report}`).toString(2).slice(1);
  return digits.length === statements.length ? digits : null;
}

/**
 * A hash of the values that calls give with a candidate, equal for candidates that behave alike; a call that fails or takes too
 * long has no value. Null when no call has one, and as `observePasses`.
 *
 * @throws {CodejuryError} as `observePasses`.
 */
export async function observeValues(
  calls: readonly string[],
  task: RankedTask,
  candidate: Pick<PoolCandidate, 'code'>,
  sandbox: Sandbox,
): Promise<string | null> {
  const run = {
    act: 'said = "=" + repr(eval(text, scope))',
    failed: '"-"',
    report: '"%d-%s" % (len(seen) - seen.count("-"), hashlib.sha256(repr(seen).encode()).hexdigest())',
  };
  const report = await observe(run, calls, task, candidate, sandbox);
  return report !== null && /^[1-9]\d*-[0-9a-f]{64}$/.test(report) ? report : null;
}

/** What is done with each text, in Python; `said` is what is reported of it, `failed` that it raised something. */
interface Act {
  readonly act: string;
  readonly failed: string;
  readonly report: string;
}

/** Python that does something with each text and ends with an exception that says how it went. */
function harness({ act, failed, report }: Act, texts: readonly string[], nonce: string): string {
  return `
def __codejury_observe__(texts, scope):
    import hashlib, signal
    class Slow(BaseException):
        pass
    class Observed(Exception):
        pass
    def stop(*_):
        raise Slow()
    signal.signal(signal.SIGPROF, stop)
    seen = []
    for text in texts:
        try:
            try:
                signal.setitimer(signal.ITIMER_PROF, ${SECONDS_EACH})
                ${act}
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        except BaseException:
            said = ${failed}
        seen.append(said)
    raise Observed("${nonce} " + ${report})
__codejury_observe__(${JSON.stringify(texts)}, globals())
`;
}

const recordSchema = z.object({ report: z.string().nullable() });

/** What the harness reports, from the record where it is there. */
async function observe(
  act: Act,
  texts: readonly string[],
  task: RankedTask,
  { code }: Pick<PoolCandidate, 'code'>,
  { executor, cache, signal }: Sandbox,
): Promise<string | null> {
  const opened = await executor();
  const { fingerprint } = await opened.runner(task.language, task.id);
  const program = harness(act, texts, 'nonce');
  const key = hashJson({ program, before: task.preamble, code, fingerprint, wallTimeMs: WALL_TIME_MS });
  const stored = recordSchema.safeParse(cache.get('observation', key));
  if (stored.success) return stored.data.report;
  // Another one each time: a candidate cannot know it beforehand.
  const nonce = randomBytes(8).toString('hex');
  const run: Task = {
    ...task,
    benchmark: 'generated',
    completion: null,
    tests: { before: task.preamble, after: harness(act, texts, nonce) },
    canonical: null,
    resources: null,
    metadata: {},
  };
  const { outcome, feedback } = await opened.execute({
    task: run,
    candidate: { id: candidateId(task.id, code), code },
    limits: { wallTimeMs: WALL_TIME_MS },
    signal,
  });
  if (outcome === 'sandbox-error') {
    throw new CodejuryError('sandbox', feedback?.message ?? 'the sandbox failed');
  }
  const message = feedback?.kind === 'Observed' ? feedback.message : '';
  const report = message.startsWith(`${nonce} `) ? message.slice(nonce.length + 1) : null;
  cache.put('observation', key, { report });
  return report;
}
