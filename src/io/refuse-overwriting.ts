import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CodejuryError } from '../errors.ts';

/** Files that are read where a folder is the input. */
const READ_IN_FOLDERS = /\.(?:ya?ml|jsonl?|parquet)(?:\.gz)?$/i;

/** Paths by the flag (or another name for people) that gives them. */
type NamedPaths = Readonly<Record<string, string | readonly string[] | null | undefined>>;

interface NamedPath {
  readonly name: string;
  readonly path: string;
}

/**
 * Makes sure that nothing to be written replaces an input or another output: not by another name (links count), not a file in a
 * folder that is an input, and not a folder with an input in it. What is not there (a bundled task, `-`) is no file.
 *
 * @throws {CodejuryError} `usage` naming both.
 */
export async function refuseOverwriting(outputs: NamedPaths, inputs: NamedPaths): Promise<void> {
  const written = listed(outputs);
  for (const [index, output] of written.entries()) {
    const twin = written.slice(0, index).find(({ path }) => resolve(path) === resolve(output.path));
    if (twin !== undefined) throw overwriting(output, twin);
    const found = await identityOf(output.path);
    if (found === null) continue;
    for (const input of listed(inputs)) {
      const places = found.isFolder ? await withFoldersAbove(input.path) : await withFilesIn(input.path);
      for (const place of places) {
        if ((await identityOf(place))?.key === found.key) throw overwriting(output, input);
      }
    }
  }
}

function listed(paths: NamedPaths): readonly NamedPath[] {
  return Object.entries(paths).flatMap(([name, given]) =>
    [given ?? []].flat().map((path) => ({ name, path })),
  );
}

function overwriting(output: NamedPath, other: NamedPath): CodejuryError {
  return new CodejuryError(
    'usage',
    `${output.name}: ${output.path} would overwrite ${other.path} (${other.name})`,
    { hint: 'name another place for what is written' },
  );
}

async function identityOf(
  path: string,
): Promise<{ readonly key: string; readonly isFolder: boolean } | null> {
  // What is out of reach is told by whoever opens it.
  const facts = await stat(path, { bigint: true }).catch(() => null);
  return facts === null ? null : { key: `${facts.dev}:${facts.ino}`, isFolder: facts.isDirectory() };
}

async function withFoldersAbove(path: string): Promise<readonly string[]> {
  const places: string[] = [];
  let place = await realpath(path).catch(() => null);
  while (place !== null) {
    places.push(place);
    const above = dirname(place);
    place = above === place ? null : above;
  }
  return places;
}

async function withFilesIn(path: string): Promise<readonly string[]> {
  const names = await readdir(path).catch(() => []);
  return [path, ...names.filter((name) => READ_IN_FOLDERS.test(name)).map((name) => join(path, name))];
}
