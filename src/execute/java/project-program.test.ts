import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { inOneText, openProjectPlaces, type ProjectPlace } from './project-program.ts';
import type { JavaEnd } from './run-classes.ts';

function sandbox(kind: Sandbox['kind']): Sandbox {
  const unused = () => {
    throw new Error('nothing is run');
  };
  return { kind, protections: [], hostEnv: {}, run: unused, start: unused };
}

const javaProject = {
  folder: '/nowhere/shop',
  file: 'src/Till.java',
  className: 'Till',
  mainFile: 'test/TillTest.java',
  mainClass: 'TillTest',
  mainDigest: '',
  sourcePath: ['src'],
  classPath: [],
};

describe('openProjectPlaces', () => {
  it.each<[string, Sandbox['kind'], Record<string, unknown>, string]>([
    ['a project, in a container', 'container', { javaProject }, 'capability'],
    ['a project that is not there', 'bubblewrap', { javaProject }, 'not-found'],
    ['a project of another shape', 'bubblewrap', { javaProject: { folder: 'x' } }, 'usage'],
  ])('refuses %s', async (_, kind, metadata, code) => {
    await expect(openProjectPlaces(sandbox(kind))({ id: 't', metadata })).rejects.toMatchObject({ code });
  });

  it('knows tasks that belong to none', async () => {
    expect(await openProjectPlaces(sandbox('container'))({ id: 't', metadata: {} })).toBeNull();
  });
});

describe('inOneText', () => {
  const place: ProjectPlace = {
    project: { folder: '/shop', classPath: '', sourcePath: '' },
    mainClass: 'TillTest',
    className: 'Till',
    request: { fileName: 'Till.java' },
  };
  const thrown = (name: string, ...frames: [className: string, line: number][]): JavaEnd => ({
    kind: 'thrown',
    thrown: {
      type: 'exception',
      name,
      messages: [],
      frames: frames.map(([className, line]) => ({ className, line })),
    },
    durationMs: 1,
  });

  it('keeps the lines of the candidate and its inner classes', () => {
    expect(
      inOneText(
        thrown('java.lang.Exception', ['Tills', 3], ['Till$1', 4], ['Till', 5], ['TillTest', 6]),
        place,
      ),
    ).toEqual(thrown('java.lang.Exception', ['Tills', 0], ['Till$1', 4], ['Till', 5], ['TillTest', 0]));
  });

  it.each([
    ['java.lang.RuntimeException', 'TillTest', 'assertion'],
    ['java.lang.Exception', 'TillTest$Case', 'assertion'],
    ['java.lang.NullPointerException', 'TillTest', 'exception'],
    ['java.lang.Exception', 'Till', 'exception'],
  ])('%s out of %s: %s', (name, className, type) => {
    expect(inOneText(thrown(name, [className, 3]), place)).toMatchObject({ thrown: { type } });
  });

  it('leaves other ends as they are', () => {
    expect(inOneText({ kind: 'returned', durationMs: 1 }, place)).toEqual({
      kind: 'returned',
      durationMs: 1,
    });
    expect(inOneText(thrown('java.lang.Exception'), place)).toEqual(thrown('java.lang.Exception'));
  });
});
