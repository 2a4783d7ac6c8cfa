import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { environmentValue } from '../../io/environment.ts';
import { errorCode } from '../../io/error-code.ts';
import { hashParts } from '../../util/hash.ts';
import type { Program } from '../language-runner.ts';
import { readInImage } from '../sandbox/container/find-in-image.ts';
import type { Sandbox, SandboxFile } from '../sandbox/sandbox.ts';

/** The jars that every program finds on its class path. */
export interface Libraries {
  /** As `java -cp` takes it, as seen inside. */
  readonly classPath: string;
  /** Jars that lie where the sandbox shows nothing. */
  readonly files: readonly SandboxFile[];
  /** Of their contents; null without any. */
  readonly digest: string | null;
  readonly hasJavatuples: boolean;
}

/** Variable with jars, separated as in PATH, to use instead of the system's javatuples. */
export const CLASS_PATH_VARIABLE = 'CODEJURY_JAVA_CLASSPATH';

/** Where Debian's libjavatuples-java puts it. MultiPL-E's programs all import it. */
const SYSTEM_JAVATUPLES = '/usr/share/java/javatuples.jar';

/** What to do where javatuples are missing. */
export const GET_JAVATUPLES = `apt-get install libjavatuples-java, or name its jar in ${CLASS_PATH_VARIABLE}`;

/** How a class inside a jar is named, in the jar's own directory, which is never compressed. */
const JAVATUPLES_ENTRY = 'org/javatuples/Pair.class';

/**
 * The libraries of this machine: those of `CODEJURY_JAVA_CLASSPATH` if set, else javatuples where it is installed; in a container,
 * where that has it.
 *
 * @throws {CodejuryError} `usage` for a jar of the variable that cannot be read.
 */
export async function findLibraries(sandbox: Sandbox): Promise<Libraries> {
  const named = environmentValue(sandbox.hostEnv, CLASS_PATH_VARIABLE);
  const isImages = sandbox.kind === 'container';
  if (named === null && isImages) {
    const content = await readInImage(SYSTEM_JAVATUPLES, sandbox);
    return librariesOf(content === null ? [] : [{ inside: SYSTEM_JAVATUPLES, content }]);
  }
  const jars = named === null ? [SYSTEM_JAVATUPLES] : named.split(path.delimiter).filter((jar) => jar !== '');
  const found: { readonly jar: string; readonly content: Buffer }[] = [];
  for (const jar of jars) {
    try {
      found.push({ jar: realpathSync(jar), content: await readFile(jar) });
    } catch (cause) {
      if (named === null && errorCode(cause) === 'ENOENT') continue;
      throw new CodejuryError('usage', `${CLASS_PATH_VARIABLE}: cannot read ${jar}`, {
        hint: 'give jar files, separated as in PATH',
        cause,
      });
    }
  }
  return librariesOf(
    found.map(({ jar, content }, index) => ({
      inside: jar.startsWith('/usr/') && !isImages ? jar : `lib/${index}.jar`,
      content,
    })),
  );
}

/**
 * Tells a task whose own text needs a library that is not here from a candidate that imports what it should not.
 *
 * @throws {CodejuryError} `capability` when the task's tests import javatuples and there are none.
 */
export function checkLibraries(
  { task, tests }: Pick<Program, 'task' | 'tests'>,
  { hasJavatuples }: Libraries,
): void {
  if (hasJavatuples || !/^\s*import\s+org\.javatuples\./m.test(`${tests.before}\n${tests.after}`)) return;
  throw new CodejuryError(
    'capability',
    `task ${task.id} imports org.javatuples, which is not on the class path: nothing would compile`,
    { hint: GET_JAVATUPLES },
  );
}

function librariesOf(jars: readonly { readonly inside: string; readonly content: Buffer }[]): Libraries {
  return {
    classPath: jars.map(({ inside }) => inside).join(':'),
    files: jars
      .filter(({ inside }) => !inside.startsWith('/'))
      .map(({ inside, content }) => ({ path: inside, content })),
    digest: jars.length === 0 ? null : hashParts(...jars.map(({ content }) => content.toString('latin1'))),
    hasJavatuples: jars.some(({ content }) => content.includes(JAVATUPLES_ENTRY)),
  };
}
