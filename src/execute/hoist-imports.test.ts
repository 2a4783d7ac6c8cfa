import { describe, expect, it } from 'vitest';
import { java } from '../lang/languages/java.ts';
import { python } from '../lang/languages/python.ts';
import { hoistImports } from './hoist-imports.ts';

const tests = { before: 'import java.util.*;\nclass Problem {\n', after: '}\n' };

describe('hoistImports', () => {
  it('moves imports above the class and keeps every line where it was', () => {
    const code =
      'import java.math.BigInteger;\n\nimport static java.lang.Math.max;\nstatic int f() { return 1; }';
    expect(hoistImports(java, { code, tests })).toEqual({
      code: '\n\n\nstatic int f() { return 1; }',
      tests: {
        before:
          'import java.math.BigInteger; import static java.lang.Math.max; import java.util.*;\nclass Problem {\n',
        after: '}\n',
      },
    });
  });

  it('goes behind a package declaration', () => {
    const before = 'package a.b;\nclass Problem {\n';
    expect(
      hoistImports(java, { code: 'import java.util.List;\nint f;', tests: { before, after: '' } }).tests
        .before,
    ).toBe('package a.b;import java.util.List; \nclass Problem {\n');
  });

  it('leaves alone what has no imports, and other languages', () => {
    const program = { code: 'static int f() { return 1; } // import x;', tests };
    expect(hoistImports(java, program)).toBe(program);
    const other = { code: 'import os\ndef f(): pass', tests };
    expect(hoistImports(python, other)).toBe(other);
  });
});
