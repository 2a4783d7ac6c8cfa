import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateOfCompletion, completionOfCandidate } from './candidate-of-completion.ts';
import { candidateOfProgram } from './candidate-of-program.ts';

const JAVA = { prompt: null, language: 'java', completion: { head: 'HEAD ', tail: '', closesClass: true } };

it('the completion of a candidate is what stands in the frame', () => {
  const completion = { head: 'ab', tail: 'bc', closesClass: false };
  expect(completionOfCandidate({ completion }, 'ab-bc')).toBe('-');
  expect(completionOfCandidate({ completion }, 'abc')).toBeNull();
  expect(completionOfCandidate({ completion }, 'ab-c')).toBeNull();
  expect(completionOfCandidate({ completion: null }, 'ab-bc')).toBeNull();
});

describe('candidateOfCompletion', () => {
  it('puts head and tail around a completion, and the prompt where there is no frame', () => {
    const completion = { head: 'a', tail: 'c', closesClass: false };
    expect(candidateOfCompletion({ ...JAVA, completion }, 'b }')).toBe('ab }c');
    expect(candidateOfCompletion({ ...JAVA, prompt: 'p', completion: null }, 'b }')).toBe('pb }');
    expect(candidateOfCompletion({ ...JAVA, completion: null }, 'b }')).toBe('b }');
  });

  it.each([
    ['return 1;\n    }\n}', 'return 1;\n    }\n'],
    ['return 1;\n    }\n} // the end }\n', 'return 1;\n    }\n // the end }\n'],
    ['return "}";\n    }\n}/* } */', 'return "}";\n    }\n/* } */'],
    ["return '}';", "return '}';"],
    ['cut off', 'cut off'],
    ['', ''],
  ])('leaves out the last real brace of %j', (completion, expected) => {
    expect(candidateOfCompletion(JAVA, completion)).toBe(`HEAD ${expected}`);
  });

  it('changes nothing but the place of one brace', () => {
    const piece = fc.constantFrom(
      '}',
      '{',
      '\n',
      ' ',
      'x;',
      '"}"',
      "'}'",
      '/* } */',
      '// }\n',
      '\\',
      '"',
      '/*',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const completion = pieces.join('');
        const candidate = candidateOfCompletion(JAVA, completion).slice('HEAD '.length);
        if (candidate !== completion) {
          const at = [...completion].findIndex((character, index) => candidate[index] !== character);
          // Of several equal neighbours the first that differs tells where one is missing.
          const missing = completion.slice(0, at).length;
          expect(completion.length).toBe(candidate.length + 1);
          expect(completion[missing]).toBe('}');
          expect(`${candidate.slice(0, missing)}}${candidate.slice(missing)}`).toBe(completion);
        }
      }),
    );
  });
});

describe('candidateOfProgram', () => {
  const task = {
    tests: { before: 'class P {\n  // Doc.\n', after: '  void main() {}\n}\n' },
    completion: { head: '  int f() {\n', tail: '\n  }', closesClass: false },
  };

  it('gives back the candidate of any program of the task', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (before, code) => {
        const own = { ...task, tests: { before, after: task.tests.after } };
        expect(candidateOfProgram(own, `${before}${code}\n${task.tests.after}`)).toBe(code);
      }),
    );
  });

  it('tests that begin with blank lines, and trailing blanks of the program', () => {
    const own = { ...task, tests: { before: 'a\n', after: '\n\nclass Main {}' } };
    expect(candidateOfProgram(own, 'a\nCODE\n\n\n\nclass Main {}\n\n')).toBe('CODE\n');
    expect(candidateOfProgram(own, 'a\nCODE\n\n\nclass Main {}')).toBe('CODE');
  });

  it('finds the function under another comment', () => {
    const program = `class P {\n  // Reworded.\n  int f() {\n    return 1;\n  }\n${task.tests.after}`;
    expect(candidateOfProgram(task, program)).toBe('  int f() {\n    return 1;\n  }');
  });

  it('knows when it is another task', () => {
    expect(candidateOfProgram(task, 'class P {\n  int f() {}\n}')).toBeNull();
    expect(candidateOfProgram(task, `class Q {\n  int g() {}\n${task.tests.after}`)).toBeNull();
  });
});
