import { describe, expect, it } from 'vitest';
import { CodejuryError } from '../../errors.ts';
import { buildProgram } from './build-program.ts';

const config = {
  fileName: null,
  template: '{{before}}{{candidate}}\n{{after}}',
  prelude: '',
};
const task = { id: 't', entryPoint: 'f', signature: '', resources: null, metadata: {} };
const program = { code: 'one\ntwo', tests: { before: 'before\n', after: 'after' }, task };

describe('buildProgram', () => {
  it('puts the candidate between its tests and knows its lines', () => {
    const file = buildProgram(config, '.x', program, null);
    expect(file).toMatchObject({ name: 'program.x', text: 'before\none\ntwo\nafter' });
    expect([0, 1, 2, 3, 4].map(file.candidateLine)).toEqual([null, null, 1, 2, null]);
  });

  it('counts lines where the candidate begins in the middle of one', () => {
    const file = buildProgram({ ...config, template: 'a\nb {{candidate}} {{after}}' }, '.x', program, null);
    expect(file.text).toBe('a\nb one\ntwo after');
    expect([1, 2, 3, 4].map(file.candidateLine)).toEqual([null, 1, 2, null]);
  });

  it('takes placeholders in a candidate for text', () => {
    const file = buildProgram(config, '.x', { ...program, code: '{{after}} $& {{nothing}}' }, null);
    expect(file.text).toBe('before\n{{after}} $& {{nothing}}\nafter');
  });

  it('has the prelude where the tests have nothing before the candidate', () => {
    const withPrelude = { ...config, prelude: 'package main\n' };
    const tests = { before: ' ', after: 'after' };
    expect(buildProgram(withPrelude, '.x', { ...program, tests }, null).text).toBe(
      'package main\none\ntwo\nafter',
    );
    expect(buildProgram(withPrelude, '.x', program, null).text).toContain('before\none');
  });

  it('ends with the statement that proves its end', () => {
    const text = 'before\none\ntwo\nafter\nprint secret\n';
    expect(buildProgram(config, '.x', program, 'print secret').text).toBe(text);
  });

  it('is named after the entry point where the language wants that', () => {
    const named = { ...config, fileName: 'src/{{entryPoint}}.x' };
    expect(buildProgram(named, '.x', program, null).name).toBe('src/f.x');
    for (const entryPoint of [null, '../f', 'a b']) {
      const build = () => buildProgram(named, '.x', { ...program, task: { ...task, entryPoint } }, null);
      expect(build).toThrow(CodejuryError);
      expect(build).toThrow(/task t: .*entryPoint/);
    }
  });
});
