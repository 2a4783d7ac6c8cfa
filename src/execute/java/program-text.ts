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
  /** The candidate's own line (from 1) of a line of the text; null for a line that is not the candidate's. */
  ownLine(line: number): number | null;
  /** Whether the offset lies in what comes behind the candidate. */
  isInTests(offset: number): boolean;
}

/** Puts a program together: `before + code + "\n" + after`. */
export function programText({ code, tests }: Pick<Program, 'code' | 'tests'>): ProgramText {
  const source = `${tests.before}${code}\n${tests.after}`;
  const linesBefore = lineEnds(tests.before);
  const linesOwn = lineEnds(code) + 1;
  const testsAt = tests.before.length + code.length + 1;
  return {
    source,
    fileName: `${publicType(source) ?? 'Main'}.java`,
    lineAt: (offset) => lineEnds(source.slice(0, Math.max(0, offset))) + 1,
    ownLine: (line) => {
      const own = line - linesBefore;
      return own >= 1 && own <= linesOwn ? own : null;
    },
    isInTests: (offset) => offset >= testsAt,
  };
}

function lineEnds(text: string): number {
  return text.split('\n').length - 1;
}

const PUBLIC_TYPE =
  /\bpublic\s+(?:(?:abstract|final|static|sealed|strictfp|non-sealed)\s+)*(?:class|interface|enum|record|@interface)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu;

/** The name of the public type that is not inside another. */
function publicType(source: string): string | null {
  const masked = maskSource(java, source);
  let [depth, at] = [0, 0];
  for (const match of masked.matchAll(PUBLIC_TYPE)) {
    for (; at < match.index; at++) {
      if (masked[at] === '{') depth += 1;
      else if (masked[at] === '}') depth -= 1;
    }
    if (depth <= 0) return match[1] ?? null;
  }
  return null;
}
