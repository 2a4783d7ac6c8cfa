import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { checkLibraries, findLibraries } from './find-libraries.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-libraries-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A sandbox of which only the host's environment is looked at. */
function sandbox(classPath: string): Sandbox {
  const unused = () => {
    throw new Error('nothing is run');
  };
  const hostEnv = { CODEJURY_JAVA_CLASSPATH: classPath };
  return { kind: 'bubblewrap', protections: [], hostEnv, run: unused, start: unused };
}

describe('findLibraries', () => {
  it('brings the jars that the variable names, in their order', async () => {
    const [one, two] = [join(folder, 'one.jar'), join(folder, 'two.jar')];
    await writeFile(one, 'a');
    await writeFile(two, 'org/javatuples/Pair.class');
    const libraries = await findLibraries(sandbox(`${one}:${two}`));
    expect(libraries).toMatchObject({ classPath: 'lib/0.jar:lib/1.jar', hasJavatuples: true });
    expect(libraries.files.map(({ path }) => path)).toEqual(['lib/0.jar', 'lib/1.jar']);
    expect((await findLibraries(sandbox(one))).hasJavatuples).toBe(false);
    expect((await findLibraries(sandbox(one))).digest).not.toBe(libraries.digest);
  });

  it('refuses a jar that is not there', async () => {
    await expect(findLibraries(sandbox(join(folder, 'none.jar')))).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('checkLibraries', () => {
  const check = (before: string, hasJavatuples: boolean) =>
    checkLibraries(
      {
        task: { id: 't', entryPoint: 'f', signature: '', resources: null, metadata: {} },
        tests: { before, after: '' },
      },
      { classPath: '', files: [], digest: null, hasJavatuples },
    );

  it('complains about a task that needs what is missing', () => {
    const needs = 'import java.util.*;\nimport org.javatuples.*;\nclass Problem {\n';
    expect(() => check(needs, false)).toThrow(/task t imports org\.javatuples/);
    expect(() => check(needs, true)).not.toThrow();
    expect(() => check('// no org.javatuples here\nclass Problem {\n', false)).not.toThrow();
  });
});
