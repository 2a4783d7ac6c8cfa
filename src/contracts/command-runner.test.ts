import { describe, expect, it } from 'vitest';
import { commandRunnerSchema } from './command-runner.ts';

const smallest = { run: ['lua', '{{file}}'] };

function messagesOf(input: unknown): string {
  return JSON.stringify(commandRunnerSchema.safeParse(input).error?.issues ?? null);
}

describe('commandRunnerSchema', () => {
  it('needs no more than a run command', () => {
    expect(commandRunnerSchema.parse(smallest)).toMatchObject({
      template: '{{before}}{{candidate}}\n{{after}}',
      compile: null,
      finished: null,
      errors: { compile: [], assertion: [], testLine: null },
      limits: {},
    });
  });

  it.each([
    ['a run command that does not get the program', { run: ['lua'] }, '{{file}}'],
    ['a template without the candidate', { ...smallest, template: '{{after}}' }, '{{candidate}}'],
    ['a placeholder that nothing fills', { ...smallest, run: ['lua', '{{fiel}}', '{{file}}'] }, '{{file}}'],
    ['an end without the token', { ...smallest, finished: 'print(1)' }, '{{token}}'],
    ['a program by a relative path', { run: ['bin/lua', '{{file}}'] }, 'absolute path'],
    ['a pattern that can take for ever', { ...smallest, errors: { runtime: ['(a+)+'] } }, 'exponential'],
    ['an unknown key', { ...smallest, comand: [] }, 'comand'],
    ['a limit of 0', { ...smallest, limits: { processes: 0 } }, 'processes'],
    [
      'a file that would have to be started',
      { run: ['./rules', '{{file}}'], files: ['bin/rules'] },
      'cannot be started',
    ],
  ])('rejects %s', (_what, input, said) => {
    expect(messagesOf(input)).toContain(said);
  });

  it('needs no file for what was compiled, and none for what reads its standard input', () => {
    expect(messagesOf({ compile: ['cc', '{{file}}'], run: ['./a.out'] })).toBe('null');
    expect(messagesOf({ run: ['lua', '-'], programOn: 'stdin' })).toBe('null');
  });
});
