import { java } from '../../lang/languages/java.ts';
import { maskSource } from '../../lang/split-source.ts';
import type { Program } from '../language-runner.ts';

/** A program as one source text, and what lies where in it. */
export interface ProgramText {
  readonly source: string;
  /** The public type's name decides; without one it is `Main.java`. */
  readonly fileName: string;
  /** Line of the text (from 1) of an offset in UTF-16 code units. */
  lineAt(offset: number): number;
  /** Offset at which a line (from 1) of the text begins; the text's end for a line behind it. */
  lineStart(line: number): number;
  /** The candidate's own line (from 1) of a line of the text; null for a line that is not the candidate's. */
  ownLine(line: number): number | null;
  /** Whether the offset lies in what comes behind the candidate. */
  isInTests(offset: number): boolean;
  /** The candidate's own last line where something is still open at its end: it was cut off, or forgot a bracket. Else null. */
  unclosedLine(): number | null;
}

/** Puts a program together: `before + code + "\n" + after`. */
export function programText({ code, tests }: Pick<Program, 'code' | 'tests'>): ProgramText {
  const source = `${tests.before}${code}\n${tests.after}`;
  const linesBefore = lineEnds(tests.before);
  const linesOwn = lineEnds(`${code}\n`);
  const [ownAt, testsAt] = [tests.before.length, tests.before.length + code.length + 1];
  const types = publicTypes(source);
  const isOwn = ({ offset }: PublicType) => offset >= ownAt && offset < testsAt;
  return {
    source,
    // A candidate that brings one too is wrong, not the tests.
    fileName: `${(types.findLast((type) => !isOwn(type)) ?? types[0])?.name ?? 'Main'}.java`,
    lineAt: (offset) => lineEnds(source.slice(0, Math.max(0, offset))) + 1,
    lineStart: (line) => {
      const end = line < 2 ? null : [...source.matchAll(LINE_END)][line - 2];
      if (end === undefined) return source.length;
      return end === null ? 0 : end.index + end[0].length;
    },
    ownLine: (line) => {
      const own = line - linesBefore;
      return own >= 1 && own <= linesOwn ? own : null;
    },
    isInTests: (offset) => offset >= testsAt,
    unclosedLine: () => (isUnclosed(code) ? lineEnds(code.trimEnd()) + 1 : null),
  };
}

/** As javac sees them. */
const LINE_END = /\r\n|\r|\n/g;

function lineEnds(text: string): number {
  return count(text, LINE_END);
}

function isUnclosed(code: string): boolean {
  const masked = maskSource(java, code);
  return count(masked, /[([{]/g) > count(masked, /[)\]}]/g);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const PUBLIC_TYPE =
  /\bpublic\s+(?:(?:abstract|final|static|sealed|strictfp|non-sealed)\s+)*(?:class|interface|enum|record|@interface)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu;

interface PublicType {
  readonly name: string;
  readonly offset: number;
}

/** The public types that are not inside others. */
function publicTypes(source: string): PublicType[] {
  const masked = maskSource(java, source);
  const found: PublicType[] = [];
  let [depth, at] = [0, 0];
  for (const match of masked.matchAll(PUBLIC_TYPE)) {
    for (; at < match.index; at++) {
      if (masked[at] === '{') depth += 1;
      else if (masked[at] === '}') depth -= 1;
    }
    if (depth <= 0 && match[1] !== undefined) found.push({ name: match[1], offset: match.index });
  }
  return found;
}
