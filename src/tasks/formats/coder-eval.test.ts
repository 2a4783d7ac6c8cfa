import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { collect } from '../../../test/support/collect.ts';
import { readTasks } from '../read-tasks.ts';

const CODE = '  public int twice(int x) {\n    return 2 * x;\n  }';
const FILE = `package org.shop;\n\nclass Sums {\n${CODE}\n\n  int other;\n}\n`;
const RECORD = {
  _id: '636766',
  name: 'twice',
  code: 'public int twice(int x) {\n  return 2 * x;\n}',
  human_label: 'Doubles x.',
  file_content: FILE,
  lineno: '4',
  end_lineno: '6',
  class_name: 'Sums',
  package: 'org.shop',
  file_name: 'Sums.java',
  project: 'shop',
  level: 'class_runnable',
};
const MAIN = 'package org.shop;\nclass T { public static void main(String[] args) {} }\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-codereval-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function read(projectFolder: string | null, record: Readonly<Record<string, unknown>> = RECORD) {
  await put({ 'c.json': JSON.stringify({ RECORDS: [record] }) });
  const [task] = await collect(readTasks(join(folder, 'c.json'), { projectFolder }));
  return task;
}

it('without a checkout it is a task without tests', async () => {
  expect(await read(null)).toMatchObject({
    id: 'codereval/java/636766',
    problem: 'codereval/636766',
    description: 'Doubles x.',
    signature: 'public int twice(int x)',
    entryPoint: 'twice',
    tests: null,
    canonical: RECORD.code,
    metadata: { project: 'shop', level: 'class_runnable' },
  });
  await put({ 'projects/other/A.java': '' });
  expect(await read(join(folder, 'projects'))).toMatchObject({ tests: null });
});

it('with one the candidate takes the place of the original lines', async () => {
  await put({
    'projects/shop/src/org/shop/Sums.java': FILE,
    'projects/shop/copy/Sums.java': 'class Sums {}',
    'projects/shop/test/NewTestFile.java': MAIN,
    'projects/shop/test/NewTestFileHelper.java': 'class NewTestFileHelper {}',
  });
  const task = await read(join(folder, 'projects'));
  expect(`${task?.tests?.before}${CODE}\n${task?.tests?.after}`).toBe(FILE);
  expect(task?.metadata.javaProject).toEqual({
    folder: join(folder, 'projects', 'shop'),
    file: 'src/org/shop/Sums.java',
    className: 'org.shop.Sums',
    mainFile: 'test/NewTestFile.java',
    mainClass: 'org.shop.NewTestFile',
    mainDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    sourcePath: ['src', 'test'],
    classPath: [],
  });
});

it('finds classes, resources, jars and sources of all modules', async () => {
  await put({
    'shop/core/src/main/java/org/shop/Sums.java': FILE,
    'shop/core/src/test/java/org/shop/NewTestFile.java': MAIN,
    'shop/core/target/classes/org/shop/Sums.class': '',
    'shop/core/target/test-classes/org/shop/NewTestFile.class': '',
    'shop/core/target/dependency/b.jar': '',
    'shop/core/target/dependency/b-sources.jar': '',
    'shop/web/build/classes/java/main/Web.class': '',
    'shop/web/build/resources/main/web.txt': '',
    'shop/web/src/main/java/Web.java': 'class Web {}',
    'shop/web/src/main/resources/web.txt': '',
    'shop/gradle/wrapper/gradle-wrapper.jar': '',
    'shop/lib/a.jar': '',
  });
  expect((await read(folder))?.metadata.javaProject).toMatchObject({
    file: 'core/src/main/java/org/shop/Sums.java',
    sourcePath: ['core/src/main/java', 'core/src/test/java', 'web/src/main/java'],
    classPath: [
      ...['core/target/classes', 'core/target/test-classes', 'web/build/classes/java/main'],
      ...['web/build/resources/main', 'web/src/main/resources', 'core/target/dependency/b.jar', 'lib/a.jar'],
    ],
  });
});

it('prefers the test named after the task, then the one of class and method', async () => {
  const shop = {
    'shop/Sums.java': FILE,
    'shop/NewTestFile.java': MAIN,
    'shop/Sums_twice_Test.java': MAIN.replace('package org.shop;\n', ''),
  };
  await put(shop);
  expect((await read(folder))?.metadata.javaProject).toMatchObject({ mainClass: 'Sums_twice_Test' });
  await put({ 'shop/T636766.java': MAIN });
  expect((await read(folder))?.metadata.javaProject).toMatchObject({ mainClass: 'org.shop.T636766' });
});

it('as a task of our own it needs the same folder of checkouts again', async () => {
  await put({ 'shop/Sums.java': FILE, 'shop/NewTestFile.java': MAIN });
  const task = await read(folder);
  await put({ 'own.jsonl': JSON.stringify(task) });
  const again = async (projectFolder: string | null) =>
    (await collect(readTasks(join(folder, 'own.jsonl'), { projectFolder })))[0];
  expect(await again(folder)).toEqual(task);
  for (const other of [null, join(folder, 'elsewhere'), join(folder, 'shop', 'lib')]) {
    const stripped = await again(other);
    expect(stripped).toMatchObject({ id: task?.id, tests: null });
    expect(stripped?.metadata).not.toHaveProperty('javaProject');
  }
});

it.each([
  [
    'lines that are not the code',
    { ...RECORD, lineno: 5 },
    {},
    /c\.json:1: lineno: expected lines 5 to 6 of file_content to be code, received "return 2/,
  ],
  ['a line that is no number', { ...RECORD, end_lineno: 'x' }, {}, /c\.json:1: end_lineno: /],
  [
    'a checkout of another version',
    RECORD,
    { 'shop/Sums.java': 'class Sums {}' },
    /file_name: expected one file Sums\.java .* received 1 of that name and 0 with that content/,
  ],
  [
    'a project outside the checkouts',
    { ...RECORD, project: '../shop' },
    {},
    /project: expected a folder in .*, received "\.\.\/shop"/,
  ],
  ['a checkout without tests', RECORD, { 'shop/Sums.java': FILE }, /no test main for 636766/],
  [
    'two tests',
    RECORD,
    { 'shop/Sums.java': FILE, 'shop/a/NewTestFile.java': MAIN, 'shop/b/NewTestFile.java': MAIN },
    /expected one test main for 636766, received [ab]\/NewTestFile\.java, [ab]\/NewTestFile\.java/,
  ],
])('refuses %s', async (_, record, files, message) => {
  await put(files);
  await expect(read(folder, record)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(message),
  });
});
