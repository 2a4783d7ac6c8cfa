import { access } from 'node:fs/promises';
import path from 'node:path';
import { type JavaProject, javaProjectSchema } from '../../contracts/java-project.ts';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { Program } from '../language-runner.ts';
import { resolveLimits } from '../limits.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { MountedProject } from './java-command.ts';
import type { CompileRequest } from './java-compiler.ts';
import { PLAIN_EXCEPTIONS } from './java-report.ts';
import type { JavaEnd } from './run-classes.ts';

/** A candidate's place in a project: what a task's `metadata.javaProject` says, as the runner needs it. */
export interface ProjectPlace {
  readonly project: MountedProject;
  readonly mainClass: string;
  readonly className: string;
  readonly request: Pick<CompileRequest, 'fileName' | 'project' | 'moreFiles'>;
}

/** Where a task's candidates belong. */
export type ProjectPlaces = (task: Pick<Program['task'], 'id' | 'metadata'>) => Promise<ProjectPlace | null>;

/**
 * Places of tasks in their projects; null for a task that belongs to none.
 *
 * @throws {CodejuryError} `capability` in a container, which is shown none of the host's folders, and for a project that the
 *   sandbox's user may not read; `not-found` when the project is not there any more; `usage` for metadata of another shape.
 */
export function openProjectPlaces(sandbox: Sandbox): ProjectPlaces {
  const checked = new Map<string, Promise<void>>();
  return async ({ id, metadata }) => {
    if (metadata.javaProject === undefined) return null;
    const found = parseStrict(javaProjectSchema, metadata.javaProject, `task ${id}: metadata.javaProject`);
    if (sandbox.kind === 'container') {
      throw new CodejuryError('capability', `task ${id} needs a project, and containers are not shown any`, {
        hint: 'use `--sandbox bubblewrap`',
      });
    }
    const key = path.join(found.folder, found.mainFile);
    const check = checked.get(key) ?? checkReadable(found, sandbox);
    checked.set(key, check);
    await check;
    return placeOf(found);
  };
}

/** Tries out whether the sandbox's user can read the tests. */
async function checkReadable({ folder, mainFile }: JavaProject, sandbox: Sandbox): Promise<void> {
  const file = path.join(folder, mainFile);
  await access(file).catch((cause: unknown) => {
    throw new CodejuryError('not-found', `cannot read ${file}`, {
      hint: 'read the tasks again: the project has moved or changed',
      cause,
    });
  });
  const { exitCode } = await sandbox.run({
    argv: ['/bin/sh', '-c', '[ -r "$1" ]', 'sh', file],
    readOnlyBinds: [{ source: folder, target: folder }],
    limits: resolveLimits(),
    signal: new AbortController().signal,
  });
  if (exitCode === 0) return;
  throw new CodejuryError('capability', `the sandbox's user cannot read the project in ${folder}`, {
    hint: 'let everybody read it (chmod -R a+rX), and enter the folders above it',
  });
}

function placeOf({ folder, file, className, mainFile, mainClass, ...found }: JavaProject): ProjectPlace {
  const inFolder = (names: readonly string[]) => names.map((name) => path.join(folder, name)).join(':');
  const project = {
    folder,
    classPath: inFolder(found.classPath),
    sourcePath: inFolder(found.sourcePath),
  };
  const request = {
    fileName: path.posix.basename(file),
    project,
    moreFiles: mainFile === file ? [] : [path.join(folder, mainFile)],
  };
  return { project, mainClass, className, request };
}

/**
 * The end as it would be of a program in one text: without the lines of the project's other files, which would be taken for the
 * program's, and with what the test main itself throws to say that a test did not hold as a failed assertion.
 */
export function inOneText(end: JavaEnd, { className, mainClass }: ProjectPlace): JavaEnd {
  if (end.kind !== 'thrown') return end;
  const { type, name, frames } = end.thrown;
  const isTests = PLAIN_EXCEPTIONS.includes(name) && isPartOf(mainClass, frames[0]?.className ?? '');
  return {
    ...end,
    thrown: {
      ...end.thrown,
      type: isTests ? 'assertion' : type,
      frames: frames.map((frame) => (isPartOf(className, frame.className) ? frame : { ...frame, line: 0 })),
    },
  };
}

function isPartOf(outer: string, className: string): boolean {
  return className === outer || className.startsWith(`${outer}$`);
}
