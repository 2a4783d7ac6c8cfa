import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { hashFile } from '../../io/hash-file.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import type { TextRow } from '../../train/judge-rows.ts';
import { type RunConfig, runConfigSchema } from '../../train/run-config.ts';
import { hashJson } from '../../util/hash.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { packageVersion } from '../package-version.ts';
import { collectRows } from './collect-rows.ts';
import { openRowEncoder, type RowEncoder } from './encode-rows.ts';
import { headOf } from './head-of.ts';
import { resolveBase } from './resolve-base.ts';
import { runSettings } from './run-settings.ts';
import type { TrainOptions } from './train-options.ts';
import { keepForMeasuring } from './validation-prompts.ts';

const CONFIG = 'config.json';
const NEW_ROWS = 'rows.new';

export interface PreparedRun {
  readonly config: RunConfig;
  /** Whether the folder held an unfinished or finished run of the same inputs and settings. */
  readonly known: boolean;
}

/**
 * Makes the run folder: rows and settings. A folder of the same inputs and settings is left as it is, with its checkpoints.
 *
 * @throws {CodejuryError} `usage` for a folder with another run that is not finished, or anything wrong with dataset or settings;
 *   `not-found`, `model`, `capability` for the base.
 */
export async function prepareRun(
  folder: string,
  options: TrainOptions & { readonly method: RunConfig['method'] },
): Promise<PreparedRun> {
  const { onProgress } = options;
  const settings = runSettings(options);
  onProgress({ kind: 'preparing', what: 'reading the dataset' });
  const rows = await collectRows(options);
  const base = await resolveBase(options);
  const head = await headOf(base.base, options);
  onProgress({ kind: 'preparing', what: 'tokenising' });
  const encoder = await openRowEncoder(base, options);
  try {
    const files = {
      'train.jsonl': rows.train,
      'validation.jsonl': rows.validation,
      ...(rows.firstStage === null ? {} : { 'first-stage.jsonl': rows.firstStage }),
    };
    await rm(join(folder, NEW_ROWS), { recursive: true, force: true });
    const written = await writeRows(join(folder, NEW_ROWS), files, encoder);
    const config: RunConfig = {
      ...settings,
      head,
      codejury: await packageVersion(),
      base: base.base,
      labels: encoder.labels,
      dataset: rows.dataset,
      files: {
        train: 'train.jsonl',
        validation: 'validation.jsonl',
        firstStage: rows.firstStage === null ? null : 'first-stage.jsonl',
      },
      rows: written,
    };
    const known = await settle(folder, config, options.resume);
    if (encoder.labels !== null) await keepForMeasuring(folder, options.dataset, rows);
    return { config, known };
  } finally {
    await encoder.dispose();
  }
}

/** The config of a run folder; null where there is none yet. @throws {CodejuryError} `usage` for a file of another kind. */
export async function readRunConfig(folder: string): Promise<RunConfig | null> {
  const file = join(folder, CONFIG);
  try {
    return parseStrict(runConfigSchema, JSON.parse(await readFile(file, 'utf8')), file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (error instanceof SyntaxError) {
      throw new CodejuryError('usage', `${file} is damaged: ${error.message}`, {
        hint: `remove the folder ${folder} and train anew`,
      });
    }
    throw error;
  }
}

async function writeRows(
  folder: string,
  files: Readonly<Record<string, readonly TextRow[]>>,
  encoder: RowEncoder,
): Promise<RunConfig['rows']> {
  await mkdir(folder, { recursive: true });
  const written: RunConfig['rows'] = {};
  for (const [name, rows] of Object.entries(files)) {
    const file = join(folder, name);
    await writeLinesAtomically(
      file,
      rows.values().map((row) => JSON.stringify(encoder.encode(row))),
    );
    written[name] = { count: rows.length, sha256: await hashFile(file) };
  }
  return written;
}

/** Puts the new rows and their config into place, unless they are there already: then true. */
async function settle(folder: string, config: RunConfig, mustBeThere: boolean): Promise<boolean> {
  const found = await readRunConfig(folder);
  const fresh = join(folder, NEW_ROWS);
  if (found !== null && hashJson(found) === hashJson(config)) {
    await rm(fresh, { recursive: true });
    return true;
  }
  const entries = await readdir(folder);
  const underWay = found !== null && entries.includes('checkpoints') && !entries.includes('result');
  if (underWay || mustBeThere) {
    await rm(fresh, { recursive: true });
    const other = `with other inputs or settings${differences(found, config)}`;
    const problem = underWay
      ? `holds an unfinished training ${other}`
      : `holds no ${found === null ? 'training' : `training but one ${other}`}`;
    throw new CodejuryError('usage', `${folder} ${problem}`, {
      hint: underWay
        ? 'finish it with the command it was started with, or remove the folder'
        : 'without --resume, a new training begins',
    });
  }
  for (const name of entries) {
    if (name !== NEW_ROWS) await rm(join(folder, name), { recursive: true });
  }
  for (const name of Object.keys(config.rows)) await rename(join(fresh, name), join(folder, name));
  await rm(fresh, { recursive: true });
  await writeRunConfig(folder, config);
  return false;
}

export async function writeRunConfig(folder: string, config: RunConfig): Promise<void> {
  await writeFileAtomically(join(folder, CONFIG), `${JSON.stringify(config, null, 2)}\n`);
}

/** The settings that are not as they were, for the message. */
function differences(found: RunConfig | null, config: RunConfig): string {
  if (found === null) return '';
  const names = (Object.keys(config) as (keyof RunConfig)[]).filter(
    (name) => hashJson(found[name]) !== hashJson(config[name]),
  );
  return ` (${names.join(', ')})`;
}
