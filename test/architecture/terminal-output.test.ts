import { expect, it } from 'vitest';
import { readSource, sourceFiles } from './read-imports.ts';

/** Who writes to the terminal, and why nothing foreign gets through: what others say goes through visible-text.ts before. */
const WRITERS: Readonly<Record<string, string>> = {
  'src/cli/print-result.ts': 'escapes all of it',
  'src/cli/show-error.ts': 'escapes message, hint and stack',
  'src/cli/commands/tasks.ts': 'JSON lines; reports go through print-result.ts',
  'src/cli/commands/solve.ts': 'JSON, or solve-report.ts, which escapes and then colours',
  'src/cli/commands/doctor.ts': 'JSON, or doctor-report.ts, which escapes and then colours',
  'src/cli/commands/init.ts': 'a sentence of ours',
  'src/cli/interrupt.ts': 'a sentence of ours',
  'src/cli/main.ts': 'the version',
};

it('writes to the terminal where control characters are escaped, and nowhere else', () => {
  const writing = sourceFiles('src').filter(
    (file) => !file.endsWith('.test.ts') && /\bstd(out|err)\.write\(|\bconsole\./.test(readSource(file)),
  );
  expect(writing.filter((file) => !(file in WRITERS))).toEqual([]);
  expect(Object.keys(WRITERS).filter((file) => !writing.includes(file))).toEqual([]);
});
