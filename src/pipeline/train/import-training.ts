import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CodejuryError } from '../../errors.ts';
import { hashFile } from '../../io/hash-file.ts';
import type { RunConfig } from '../../train/run-config.ts';
import { type DeliverOptions, deliverTrained } from './deliver-trained.ts';
import { readRunConfig } from './prepare-run.ts';
import { resolveBase } from './resolve-base.ts';
import type { TrainResult } from './train-options.ts';
import { readTrained, type Trained } from './train-result.ts';

export type ImportOptions = DeliverOptions & { readonly folder: string };

/**
 * Brings back what was trained from a plan.
 *
 * @throws {CodejuryError} as checkImported and deliverTrained.
 */
export async function importTraining(options: ImportOptions): Promise<TrainResult> {
  const startedAt = performance.now();
  options.onProgress({ kind: 'preparing', what: 'comparing digests' });
  const { folder, config, trained } = await checkImported(options.folder);
  await requireBase(config, options);
  const delivered = await deliverTrained(folder, trained, options);
  return { ...delivered, durationMs: performance.now() - startedAt };
}

/**
 * Reads what was trained from a plan, and makes sure that rows and weights are those it was planned and finished with.
 *
 * @throws {CodejuryError} `not-found` for a folder that is no plan or has no result; `digest-mismatch` naming the file.
 */
async function checkImported(path: string): Promise<{
  readonly folder: string;
  readonly config: RunConfig;
  readonly trained: Trained;
}> {
  const folder = resolve(path);
  const config = await readRunConfig(folder);
  const trained = config === null ? null : await readTrained(folder);
  if (config === null || trained === null) {
    throw new CodejuryError(
      'not-found',
      config === null
        ? `--import: ${path} is no training plan`
        : `--import: ${path} has no result: its training is not finished`,
      { hint: '`sh run.sh` in the folder trains, and goes on where it stopped' },
    );
  }
  const rows = Object.entries(config.rows).map(([name, { sha256 }]) => [name, sha256] as const);
  const weights = Object.entries(trained.files).map(
    ([name, sha256]) => [join('result', name), sha256] as const,
  );
  for (const [name, sha256] of [...rows, ...weights]) {
    const found = await hashFile(join(folder, name)).catch(() => null);
    if (found === sha256) continue;
    const wrong = found === null ? 'is missing' : 'has changed since';
    throw new CodejuryError('digest-mismatch', `--import: ${join(path, name)} ${wrong}`, {
      hint: 'copy the folder again',
    });
  }
  return { folder, config, trained };
}

/** The judge will be served with the base that is here. */
async function requireBase({ base }: RunConfig, options: ImportOptions): Promise<void> {
  if (base.kind !== 'gguf') return;
  const found = await resolveBase({ ...options, model: base.reference });
  if (found.base.digest === base.digest) return;
  throw new CodejuryError(
    'digest-mismatch',
    `--import: ${base.reference} is another file here than where it was trained`,
    {
      hint: 'name the same weights on both machines',
    },
  );
}
