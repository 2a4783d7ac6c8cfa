import { readFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { CodejuryError } from '../../errors.ts';

/** What a runner needs to know of a project checkout; in a task's `metadata.javaProject`. */
export interface JavaProject {
  /** Absolute. */
  readonly folder: string;
  /** The source file that the candidate is put into, from `folder`, `/` between folders. */
  readonly file: string;
  /** The class whose main decides, with its package. */
  readonly mainClass: string;
  /** Jars and folders with classes beside the project's own; the runner adds those. */
  readonly classPath: readonly string[];
}

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
 * else after class and method and with `Test` in it, else `NewTestFile…`. Null when the folder lacks the project.
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
  const sources = (await filesBelow(folder)).filter((file) => file.endsWith('.java'));
  if (sources.length === 0) {
    return null;
  }
  return {
    folder,
    file: relative(folder, await classFile(method, folder, sources, place))
      .split(sep)
      .join('/'),
    mainClass: await testMain(method, folder, sources, place),
    classPath: [],
  };
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
): Promise<string> {
  const ofMethod = letters(`${method.class_name ?? ''}${method.name}`);
  const rules: readonly ((name: string) => boolean)[] = [
    (name) => name.includes(method._id),
    (name) => letters(name).includes(ofMethod) && /test/i.test(name),
    (name) => name.startsWith(GENERATED_TEST),
  ];
  for (const rule of rules) {
    const mains: string[] = [];
    for (const file of sources.filter((source) => rule(basename(source, '.java')))) {
      const text = await readFile(file, 'utf8');
      if (/\bstatic\s+void\s+main\s*\(/.test(text)) {
        const inPackage = /^\s*package\s+([\w.]+)\s*;/m.exec(text)?.[1];
        mains.push([...(inPackage === undefined ? [] : [inPackage]), basename(file, '.java')].join('.'));
      }
    }
    const [only, ...others] = mains;
    if (only !== undefined && others.length === 0) {
      return only;
    }
    if (only !== undefined) {
      throw new CodejuryError(
        'usage',
        `${place}: expected one test main for ${method._id}, received ${mains.join(', ')}`,
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
