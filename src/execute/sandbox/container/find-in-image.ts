import { resolveLimits } from '../../limits.ts';
import type { Sandbox, SandboxResult } from '../sandbox.ts';

/** A program of a container's image. */
export interface ImageProgram {
  /** Absolute, links not followed. */
  readonly path: string;
  /** Absolute, links followed. */
  readonly realPath: string;
  /** Changes when the program does. */
  readonly identity: string;
}

const TIME_MS = 60_000;
const LONGEST_FILE_BYTES = 16 * 1024 ** 2;

const FIND = `path=$(command -v "$1") || exit 1
printf '%s\\n%s\\n%s' "$path" "$(readlink -f "$path")" "$(stat -L -c '%s %Y' "$path")"`;

/** A program by its name, looked up on the image's own PATH, or by its absolute path there; null when it is not there. */
export async function findInImage(name: string, sandbox: Sandbox): Promise<ImageProgram | null> {
  const { exitCode, stdout } = await ask(sandbox, ['/bin/sh', '-c', FIND, 'sh', name]);
  const [path = '', realPath = '', version = ''] = stdout.toString().split('\n');
  return exitCode === 0 && path.startsWith('/') ? { path, realPath, identity: `${path} ${version}` } : null;
}

/** A file of the image; null when it cannot be read, or has more than {@link LONGEST_FILE_BYTES}. */
export async function readInImage(file: string, sandbox: Sandbox): Promise<Buffer | null> {
  const { exitCode, stdout, endedBy } = await ask(sandbox, ['/bin/cat', file]);
  return exitCode === 0 && endedBy === 'exit' ? stdout : null;
}

function ask(sandbox: Sandbox, argv: readonly [string, ...string[]]): Promise<SandboxResult> {
  return sandbox.run({
    argv,
    limits: resolveLimits({ wallTimeMs: TIME_MS, outputBytes: LONGEST_FILE_BYTES }),
    signal: new AbortController().signal,
  });
}
