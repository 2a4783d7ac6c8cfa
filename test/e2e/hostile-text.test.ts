import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { problem, titled } from '../execute/attack-bench.ts';
import { runCodejury } from './run-codejury.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-hostile-text-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sets a title, writes to the clipboard, clears the screen in 8 bits, turns the reading order. */
const EVIL = '\u001b]0;pwned\u0007\u001b]52;c;aGk=\u0007\u009b2J\u202e';
const HARMLESS = '\\x1b]0;pwned\\x07\\x1b]52;c;aGk=\\x07\\x9b2J\\u202e';
/** Whatever a terminal would obey, but for line feeds and tabs. */
const COMMAND = /[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]/u;

const write = (name: string, ...records: readonly object[]): string => {
  const file = join(folder, name);
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
};
const tasks = write('tasks.jsonl', {
  task_id: 'HumanEval/0',
  prompt: `def f(\n    x,  # ${EVIL}\n):\n    """ Doc \r${EVIL}. """\n`,
  entry_point: 'f',
  canonical_solution: `    return x  # ${EVIL}\n`,
  test: `def check(candidate):\n    # ${EVIL}\n    assert candidate(1) == 1\n`,
});
const run = (...args: readonly string[]) => runCodejury(args, { home: join(folder, 'home') });

it('a task shows what it holds and commands nothing', async () => {
  const shown = await run('tasks', 'show', tasks);
  expect(shown).toMatchObject({ status: 0, stderr: '' });
  expect(shown.stdout).not.toMatch(COMMAND);
  expect(shown.stdout).toContain(`Doc \\x0d${HARMLESS}.`);
  expect(shown.stdout).toContain(`  return x  # ${HARMLESS}\n`);
});

it('a signature of several lines is one row of the list', async () => {
  const { stdout } = await run('tasks', 'list', tasks);
  expect(stdout).not.toMatch(COMMAND);
  expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(stdout).toContain(`def f( x, # ${HARMLESS} ):`);
});

it('what a message quotes of a file commands nothing, either', async () => {
  const file = write('fields.jsonl', { [`id${EVIL}`]: 1 });
  const { stderr, status } = await run('tasks', 'show', file);
  expect(status).toBe(2);
  expect(stderr).toContain(HARMLESS);
  expect(stderr).not.toMatch(COMMAND);
});

describe.skipIf(problem !== null)(titled('the table of codejury execute'), () => {
  it('shows what candidates say in one row each, and commands nothing', async () => {
    const python = JSON.stringify(`${EVIL}\r\nname`);
    const samples = write(
      'samples.jsonl',
      { task_id: 'HumanEval/0', completion: `    raise type(${python}, (Exception,), {})(${python})\n` },
      {
        task_id: 'HumanEval/0',
        completion: `    return type("X", (), {"__repr__": lambda self: ${python}})()\n`,
      },
    );
    const out = join(folder, 'out.jsonl');
    const { stdout, stderr, status } = await run(
      'execute',
      '--tasks',
      tasks,
      '--samples',
      samples,
      '--out',
      out,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(COMMAND);
    const rows = stdout.split('\n').filter((line) => line.includes('\\x1b'));
    expect(rows).toEqual([expect.stringMatching(/^failed: /), expect.stringMatching(/^runtime-error: /)]);
  });
});
