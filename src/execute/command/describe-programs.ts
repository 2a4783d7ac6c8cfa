import { resolveLimits } from '../limits.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { CommandProgram } from './command-program.ts';

const TIME_MS = 10_000;

/**
 * Paths of the programs as the sandbox sees them, each once, with the version that they say inside when they are given
 * `versionArguments`; without a version where those are null or nothing like a version is said.
 */
export async function describePrograms(
  sandbox: Sandbox,
  programs: readonly CommandProgram[],
  versionArguments: readonly string[] | null,
): Promise<string> {
  const binds = new Map(
    programs.flatMap(({ compile, check, run, readOnlyBinds }) =>
      [compile, check, run].flatMap((argv) => {
        const path = argv?.[0] ?? '';
        return path.startsWith('/') ? [[path, readOnlyBinds] as const] : [];
      }),
    ),
  );
  const descriptions = [...binds].map(async ([path, readOnlyBinds]) => {
    if (versionArguments === null) return path;
    const { stdout, stderr } = await sandbox.run({
      argv: [path, ...versionArguments],
      readOnlyBinds,
      proc: true,
      capAddressSpace: false,
      limits: resolveLimits({ wallTimeMs: TIME_MS }),
      signal: new AbortController().signal,
    });
    const version = /\d+(?:\.\d+)+/.exec(`${stdout.toString()}\n${stderr.toString()}`)?.[0];
    return version === undefined ? path : `${path} ${version}`;
  });
  return (await Promise.all(descriptions)).join(', ');
}
