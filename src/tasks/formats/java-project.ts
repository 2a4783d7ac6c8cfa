import { readFile } from 'node:fs/promises';
import { basename, join, posix, relative, resolve, sep } from 'node:path';
import type { JavaProject } from '../../contracts/java-project.ts';
import { CodejuryError } from '../../errors.ts';
import { hashParts } from '../../util/hash.ts';
import { javaProjectPaths } from './java-project-paths.ts';

/** What CoderEval says of the place of a method. */
interface MethodPlace {
  readonly _id: string;
  readonly name: string;
  readonly file_content: string;
  readonly class_name?: string | null | undefined;
  readonly package?: string | null | undefined;
  readonly file_name?: string | null | undefined;
  readonly project?: string | null | undefined;
}

/** The name of the tests that CoderEval's own platform generates. */
const GENERATED_TEST = 'NewTestFile';

/**
 * The project of a method in a folder of checkouts, each named like its project. The file is the one of the method's class
 * with the content that the record holds. The test main is a class with a main method whose file is named after the task's id,
 * else after class and method and with `Test` in it, else `NewTestFile…`. Null when the folder lacks the project. Class path and
 * source path are what the checkout holds.
 *
 * @param filesBelow all files below a folder, absolute
 * @throws {CodejuryError} `usage` naming what was not found, or found more than once.
 */
export async function findJavaProject(
  method: MethodPlace,
  checkouts: string,
  filesBelow: (folder: string) => Promise<readonly string[]>,
  place: string,
): Promise<JavaProject | null> {
  const folder = resolve(checkouts, method.project ?? '');
  if (relative(checkouts, folder).startsWith('..')) {
    throw new CodejuryError(
      'usage',
      `${place}: project: expected a folder in ${checkouts}, received ${JSON.stringify(method.project)}`,
    );
  }
  const files = await filesBelow(folder);
  const sources = files.filter((file) => file.endsWith('.java'));
  if (sources.length === 0) {
    return null;
  }
  const inside = (file: string) => relative(folder, file).split(sep).join('/');
  const file = inside(await classFile(method, folder, sources, place));
  const main = await testMain(method, folder, sources, place);
  const mainFile = inside(main.file);
  const roots = [rootOf(file, packageOf(method.file_content)), rootOf(mainFile, packageOf(main.text))];
  const { classPath, sourcePath } = javaProjectPaths(files.map(inside));
  return {
    folder,
    file,
    className: qualified(packageOf(method.file_content), file),
    mainFile,
    mainClass: qualified(packageOf(main.text), mainFile),
    mainDigest: hashParts(main.text),
    sourcePath: [...new Set([...roots, ...sourcePath])],
    classPath,
  };
}

function packageOf(text: string): string {
  return /^\s*package\s+([\w.]+)\s*;/m.exec(text)?.[1] ?? '';
}

/** The folder that packages are folders in; the file's own where its package says something else. */
function rootOf(file: string, packageName: string): string {
  const folder = posix.dirname(file);
  const inPackage = packageName.replaceAll('.', '/');
  if (packageName === '') return folder;
  if (folder === inPackage) return '.';
  return folder.endsWith(`/${inPackage}`) ? folder.slice(0, -inPackage.length - 1) : folder;
}

function qualified(packageName: string, file: string): string {
  return `${packageName === '' ? '' : `${packageName}.`}${posix.basename(file, '.java')}`;
}

async function classFile(
  method: MethodPlace,
  folder: string,
  sources: readonly string[],
  place: string,
): Promise<string> {
  const name = basename(method.file_name ?? `${method.class_name ?? ''}.java`).replace(
    /(?:\.java)?$/,
    '.java',
  );
  const inPackage = join(...(method.package ?? '').split('.'), name);
  const named = sources.filter((file) => basename(file) === name);
  const wanted = sameText(method.file_content);
  const found: string[] = [];
  for (const file of named) {
    if (sameText(await readFile(file, 'utf8')) === wanted) {
      found.push(file);
    }
  }
  const [only, ...others] = found.length > 1 ? found.filter((file) => file.endsWith(inPackage)) : found;
  if (only === undefined || others.length > 0) {
    throw new CodejuryError(
      'usage',
      `${place}: file_name: expected one file ${name} with the content of file_content in ${folder}, received ${named.length} of that name and ${found.length} with that content`,
      { hint: 'is the checkout of the same version as the benchmark?' },
    );
  }
  return only;
}

async function testMain(
  method: MethodPlace,
  folder: string,
  sources: readonly string[],
  place: string,
): Promise<{ readonly file: string; readonly text: string }> {
  const ofMethod = letters(`${method.class_name ?? ''}${method.name}`);
  const rules: readonly ((name: string) => boolean)[] = [
    (name) => name.includes(method._id),
    (name) => letters(name).includes(ofMethod) && /test/i.test(name),
    (name) => name.startsWith(GENERATED_TEST),
  ];
  for (const rule of rules) {
    const mains: { readonly file: string; readonly text: string }[] = [];
    for (const file of sources.filter((source) => rule(basename(source, '.java')))) {
      const text = await readFile(file, 'utf8');
      if (/\bstatic\s+void\s+main\s*\(/.test(text)) {
        mains.push({ file, text });
      }
    }
    const [only, ...others] = mains;
    if (only !== undefined && others.length === 0) {
      return only;
    }
    if (only !== undefined) {
      throw new CodejuryError(
        'usage',
        `${place}: expected one test main for ${method._id}, received ${mains.map(({ file }) => relative(folder, file)).join(', ')}`,
        { hint: `name the right one after the task: ${method._id}Test.java, or take the others away` },
      );
    }
  }
  throw new CodejuryError('usage', `${place}: no test main for ${method._id} in ${folder}`, {
    hint: `a class with a main method, named after the task's id, after ${method.class_name ?? 'class'} and ${method.name}, or ${GENERATED_TEST}`,
  });
}

function letters(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function sameText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
