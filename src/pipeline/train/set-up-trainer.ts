import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { acquireFileLock } from '../../io/file-lock.ts';
import { type ProgramResult, type RunProgram, runProgram } from '../../io/run-program.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import type { TrainOptions } from './train-options.ts';
import { environmentFolder, MARKER, pythonIn, requirementsFile } from './trainer-environment.ts';

/** Builds of torch without CUDA, for who has no mirror that offers them beside the others. */
const CPU_BUILDS = 'https://download.pytorch.org/whl/cpu';

/** torch is large and networks are slow; in milliseconds. */
const INSTALL_LIMIT_MS = 3_600_000;

/** The oldest Python that all packages have builds for. */
const OLDEST_MINOR = 11;

export type SetupOptions = Pick<TrainOptions, 'env' | 'signal' | 'onProgress'> & {
  readonly run?: RunProgram;
  readonly platform?: NodeJS.Platform;
};

export interface TrainerSetup {
  readonly folder: string;
  readonly python: string;
  /** False: torch is a build for processors alone. */
  readonly gpu: boolean;
}

/**
 * Makes the virtual environment that training runs in, below the codejury home, anew if there is one.
 *
 * @throws {CodejuryError} `not-found` without Python 3.11 or its venv module; `download` when packages cannot be installed; `aborted`.
 */
export async function setUpTrainer(options: SetupOptions): Promise<TrainerSetup> {
  const { env, signal, onProgress } = options;
  const folder = environmentFolder(env);
  const lock = await acquireFileLock(`${folder}.lock`, { signal });
  try {
    const tools = programs(options);
    const base = await findPython(tools);
    await rm(folder, { recursive: true, force: true });
    onProgress({ kind: 'preparing', what: 'making a virtual environment' });
    const made = await tools(base, ['-m', 'venv', folder]);
    if (made.exitCode !== 0) {
      throw new CodejuryError('not-found', `${base} cannot make a virtual environment: ${lastLine(made)}`, {
        hint: 'install the module venv (Debian, Ubuntu: apt install python3-venv)',
      });
    }
    const python = pythonIn(folder, options.platform);
    const gpu = await hasGpu(tools);
    const requirements = await readFile(requirementsFile(), 'utf8');
    onProgress({ kind: 'preparing', what: 'installing torch (minutes)' });
    await installTorch(tools, python, torchIn(requirements), gpu, options.platform ?? process.platform);
    onProgress({ kind: 'preparing', what: 'installing transformers, trl, peft and what they need' });
    await requireInstalled(await pip(tools, python, ['-r', requirementsFile()]));
    const check = await tools(python, ['-c', 'import torch, transformers, trl, peft, accelerate, gguf']);
    if (check.exitCode !== 0) {
      throw new CodejuryError('download', `the installed packages do not work: ${lastLine(check)}`);
    }
    await writeFileAtomically(join(folder, MARKER), requirements);
    return { folder, python, gpu };
  } finally {
    await lock.release();
  }
}

type Tools = (command: string, args: readonly string[]) => Promise<ProgramResult>;

function programs({ env, signal, run = runProgram }: SetupOptions): Tools {
  return (command, args) => run({ command, args, env, signal, timeoutMs: INSTALL_LIMIT_MS });
}

async function findPython(tools: Tools): Promise<string> {
  const found: string[] = [];
  for (const name of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11']) {
    const version = await versionOf(tools, name);
    if (version === null) continue;
    const [major = 0, minor = 0] = version;
    if (major === 3 && minor >= OLDEST_MINOR) return name;
    found.push(`${name} is ${version.join('.')}`);
  }
  throw new CodejuryError(
    'not-found',
    found.length === 0
      ? 'training needs Python, and there is none'
      : `training needs Python 3.${OLDEST_MINOR} or later: ${found.join(', ')}`,
    { hint: 'install python3 with its module venv; `--method probe` trains without Python' },
  );
}

/** Null when there is no such program. */
async function versionOf(tools: Tools, command: string): Promise<readonly number[] | null> {
  try {
    const script = 'import sys; print(*sys.version_info[:2], sep=".")';
    const { exitCode, stdout } = await tools(command, ['-c', script]);
    return exitCode === 0 ? stdout.trim().split('.').map(Number) : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function hasGpu(tools: Tools): Promise<boolean> {
  try {
    return (await tools('nvidia-smi', ['-L'])).exitCode === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function torchIn(requirements: string): string {
  const line = requirements.split('\n').find((text) => text.startsWith('torch=='));
  if (line === undefined) throw new Error('the requirements name no torch');
  return line.trim();
}

/** On Linux the ordinary build brings gigabytes of CUDA along; elsewhere it has none. */
async function installTorch(
  tools: Tools,
  python: string,
  torch: string,
  gpu: boolean,
  platform: NodeJS.Platform,
): Promise<void> {
  if (gpu || platform !== 'linux') return requireInstalled(await pip(tools, python, [torch]));
  if ((await pip(tools, python, [`${torch}+cpu`])).exitCode === 0) return;
  await requireInstalled(await pip(tools, python, ['--index-url', CPU_BUILDS, `${torch}+cpu`]));
}

function pip(tools: Tools, python: string, args: readonly string[]): Promise<ProgramResult> {
  return tools(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args]);
}

async function requireInstalled(result: ProgramResult): Promise<void> {
  if (result.exitCode === 0) return;
  throw new CodejuryError(
    'download',
    result.timedOut ? 'installing took longer than an hour' : `pip failed: ${lastLine(result)}`,
    { hint: 'check the network, and what pip is configured to use (pip config list)' },
  );
}

function lastLine({ stderr, stdout }: ProgramResult): string {
  return (stderr.trim() || stdout.trim()).split('\n').at(-1) ?? '';
}
