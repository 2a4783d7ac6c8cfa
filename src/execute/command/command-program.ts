import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandRunnerConfig } from '../../contracts/command-runner.ts';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { hashJson } from '../../util/hash.ts';
import type { ReadOnlyBind, Sandbox, SandboxFile } from '../sandbox/sandbox.ts';
import { locateProgram, showFolder } from './locate-program.ts';

/** A runner's commands with everything of this machine that they need. */
export interface CommandProgram {
  readonly config: CommandRunnerConfig;
  /** The commands with the paths of their programs, placeholders not yet filled. */
  readonly compile: readonly string[] | null;
  readonly check: readonly string[] | null;
  readonly run: readonly string[];
  readonly files: readonly SandboxFile[];
  readonly readOnlyBinds: readonly ReadOnlyBind[];
  /** Changes with the configuration, its files and its programs. */
  readonly identity: string;
  close(): void;
}

/**
 * Looks for a configuration's programs (see locateProgram) and reads its files.
 *
 * @throws {CodejuryError} `sandbox` for a program or folder that cannot be used, `not-found` for a file.
 */
export async function findCommandProgram(
  config: CommandRunnerConfig,
  sandbox: Sandbox,
  env: Environment,
): Promise<CommandProgram> {
  const names = new Set([config.compile, config.check, config.run].flatMap((argv) => argv?.[0] ?? []));
  const located = new Map(
    await Promise.all(
      [...names].map(async (name) => [name, await locateProgram(name, sandbox, env)] as const),
    ),
  );
  const files = await Promise.all(config.files.map(readRunnerFile));
  const withPath = (argv: readonly string[]) => [located.get(argv[0] ?? '')?.path ?? '', ...argv.slice(1)];
  const folders = await Promise.all(config.folders.map((folder) => showFolder(folder, sandbox)));
  const binds = [...located.values()].flatMap(({ readOnlyBinds }) => readOnlyBinds);
  return {
    config,
    compile: config.compile && withPath(config.compile),
    check: config.check && withPath(config.check),
    run: withPath(config.run),
    files,
    readOnlyBinds: distinct([...binds, ...folders.flat()]),
    identity: hashJson({
      // Where a file lies does not decide what it does.
      config: {
        ...config,
        files: files.map(({ path: name, content }) => [name, content.toString('base64')]),
      },
      programs: [...located.values()].map(({ identity }) => identity),
    }),
    close: () => {
      for (const { close } of located.values()) close();
    },
  };
}

async function readRunnerFile(file: string) {
  try {
    return { path: path.basename(file), content: await readFile(file) };
  } catch (cause) {
    throw new CodejuryError('not-found', `cannot read ${file}, which a language's runner needs`, {
      hint: 'paths in `files` start from the folder of the configuration',
      cause,
    });
  }
}

function distinct(binds: readonly ReadOnlyBind[]): ReadOnlyBind[] {
  return [...new Map(binds.map((bind) => [bind.target, bind])).values()];
}
