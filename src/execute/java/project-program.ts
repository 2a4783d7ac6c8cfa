import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { type JavaProject, javaProjectSchema } from '../../contracts/java-project.ts';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { Program } from '../language-runner.ts';
import type { Sandbox } from '../sandbox.ts';
import type { MountedProject } from './java-command.ts';
import type { CompileRequest } from './java-compiler.ts';
import type { JavaEnd } from './run-classes.ts';

/** A candidate's place in a project: what a task's `metadata.javaProject` says, as the runner needs it. */
export interface ProjectPlace {
  readonly project: MountedProject;
  readonly mainClass: string;
  readonly className: string;
  readonly request: Pick<CompileRequest, 'fileName' | 'project' | 'moreFiles'>;
}

/**
 * Null for a task that belongs to no project.
 *
 * @throws {CodejuryError} `capability` in a container, which is shown none of the host's folders; `not-found` when the project is not
 *   there any more; `usage` for metadata of another shape.
 */
export async function projectPlace(
  { id, metadata }: Pick<Program['task'], 'id' | 'metadata'>,
  sandbox: Sandbox,
): Promise<ProjectPlace | null> {
  if (metadata.javaProject === undefined) return null;
  const found = parseStrict(javaProjectSchema, metadata.javaProject, `task ${id}: metadata.javaProject`);
  if (sandbox.kind === 'container') {
    throw new CodejuryError('capability', `task ${id} needs a project, and containers are not shown any`, {
      hint: 'use `--sandbox bubblewrap`',
    });
  }
  await access(path.join(found.folder, found.mainFile), constants.R_OK).catch((cause: unknown) => {
    throw new CodejuryError('not-found', `task ${id}: cannot read ${found.mainFile} in ${found.folder}`, {
      hint: 'read the tasks again: the project has moved or changed',
      cause,
    });
  });
  return placeOf(found);
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

/** The end without the lines of the project's other files: they would be taken for the program's. */
export function withoutForeignLines(end: JavaEnd, { className }: ProjectPlace): JavaEnd {
  if (end.kind !== 'thrown') return end;
  const isOwn = (name: string) => name === className || name.startsWith(`${className}$`);
  const frames = end.thrown.frames.map((frame) => (isOwn(frame.className) ? frame : { ...frame, line: 0 }));
  return { ...end, thrown: { ...end.thrown, frames } };
}
