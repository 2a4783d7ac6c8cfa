import { describe, expect, it } from 'vitest';
import { programText } from './program-text.ts';

const BEFORE = 'import java.util.*;\nclass Problem {\n';
const CODE = '  static int f() {\n    return 1;\n  }';
const AFTER = '  public static void main(String[] args) { assert f() == 1; }\n}\n';

function textOf(code: string, before = BEFORE, after = AFTER) {
  return programText({ code, tests: { before, after } });
}

describe('programText', () => {
  it('is the tests around the candidate', () => {
    expect(textOf(CODE).source).toBe(`${BEFORE}${CODE}\n${AFTER}`);
  });

  it('knows the lines of the candidate from all others', () => {
    const text = textOf(CODE);
    expect([1, 2, 3, 4, 5, 6, 7].map((line) => text.ownLine(line))).toEqual([
      null,
      null,
      1,
      2,
      3,
      null,
      null,
    ]);
  });

  it('counts the line that the candidate begins behind other text as its own', () => {
    const text = textOf('return 1;', 'class A { int f() { ', ' } }');
    expect(text.source).toBe('class A { int f() { return 1;\n } }');
    expect([text.ownLine(1), text.ownLine(2)]).toEqual([1, null]);
  });

  it('knows where a candidate that is cut off ends', () => {
    expect(textOf(CODE).unclosedLine()).toBeNull();
    expect(textOf('  static int f() {\n    if (true) {\n      return 1;\n  }\n\n').unclosedLine()).toBe(4);
    expect(textOf('  static int f() {\n    return g(1,\n').unclosedLine()).toBe(2);
    expect(textOf('  static String f() {\n    return "{(" + \'[\'; // {\n  }').unclosedLine()).toBeNull();
    expect(textOf('  static int f() { return 1; } }').unclosedLine()).toBeNull();
  });

  it.each(['\n', '\r\n', '\r'])('sees line ends as javac does: %j', (end) => {
    const [before, code] = [BEFORE, CODE].map((part) => part.replaceAll('\n', end)) as [string, string];
    const text = textOf(code, before);
    const at = text.source.indexOf('return');
    expect(text.lineAt(at)).toBe(4);
    expect(text.ownLine(4)).toBe(2);
    expect(text.source.slice(text.lineStart(4)).trimStart()).toMatch(/^return 1/);
    expect(text.source.slice(text.lineStart(6))).toBe(AFTER);
  });

  it('has no lines before the first and behind the last', () => {
    const text = textOf('x', '', '');
    expect([text.lineStart(1), text.lineStart(2), text.lineStart(99)]).toEqual([0, 2, 2]);
    expect(text.lineAt(-1)).toBe(1);
  });

  it('tells the tests behind the candidate from everything else', () => {
    const text = textOf(CODE);
    const start = text.source.indexOf(AFTER);
    expect([text.isInTests(start - 1), text.isInTests(start)]).toEqual([false, true]);
  });
});

describe('the file name', () => {
  it.each([
    ['no public type', CODE, AFTER, 'Main.java'],
    ['the tests’ public type', CODE, `${AFTER}public final class Tests {}`, 'Tests.java'],
    ['a public type inside another', 'public static class Inner {}', AFTER, 'Main.java'],
    [
      'the candidate’s, where the tests have none',
      'int x; } public record Shop(int x) {',
      AFTER,
      'Shop.java',
    ],
    [
      'the tests’, where the candidate has one too',
      '} public class Evil {',
      `${AFTER}public enum Tests {}`,
      'Tests.java',
    ],
    ['a public type in a comment', '// public class Not {}\n/* public class Nor {} */', AFTER, 'Main.java'],
    ['a public type in a string', 'String s = "public class Not {}";', AFTER, 'Main.java'],
    [
      'a sealed interface of a foreign name',
      CODE,
      `${AFTER}public sealed interface Größe permits A {}`,
      'Größe.java',
    ],
  ])('%s', (_, code, after, expected) => {
    expect(textOf(code, BEFORE, after).fileName).toBe(expected);
  });

  it('is the one before the candidate, where it is an open class', () => {
    expect(textOf(CODE, 'package shop;\npublic class Shop {\n').fileName).toBe('Shop.java');
  });
});
