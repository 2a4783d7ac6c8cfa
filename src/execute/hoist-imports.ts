import type { TestProgram } from '../contracts/task.ts';
import type { Language } from '../lang/language.ts';

/**
 * The program with the imports above a candidate moved to where the language wants them: before the class that the
 * candidate is a member of. They go in front of the first line and leave empty lines behind, so no line changes its
 * number. Without effect for languages whose functions are not members, and for a candidate without imports.
 */
export function hoistImports<P extends { readonly code: string; readonly tests: TestProgram }>(
  language: Language,
  program: P,
): P {
  const pattern = language.patterns.import;
  if (!language.functionsAreMembers || pattern === null) return program;
  const lines = program.code.split('\n');
  const imports: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (pattern.test(line)) {
      imports.push(line.trim());
      lines[index] = '';
    } else if (line.trim() !== '') {
      break;
    }
  }
  if (imports.length === 0) return program;
  const { before, after } = program.tests;
  const isPackage = /^\s*package\b[^;]*;/.exec(before)?.[0] ?? '';
  return {
    ...program,
    code: lines.join('\n'),
    tests: { before: `${isPackage}${imports.join(' ')} ${before.slice(isPackage.length)}`, after },
  };
}
