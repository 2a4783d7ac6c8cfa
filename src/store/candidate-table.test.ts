import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../contracts/execution.ts';
import { type CandidateTable, openCandidateTable } from './candidate-table.ts';

let folder = '';
let table: CandidateTable;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-table-'));
  table = await openCandidateTable(join(folder, 'work.sqlite'));
});
afterEach(() => {
  table.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const row = (id: string, taskId = 't', passed: boolean | null = null) => ({
  candidateId: id,
  key: id,
  taskId,
  code: `code of ${id}`,
  generator: null,
  rejected: null,
  passed,
});
const execution = (candidateId: string, outcome: Execution['outcome']): Execution => ({
  candidateId,
  outcome,
  feedback: null,
  durationMs: 3,
  attempts: 1,
});

describe('openCandidateTable', () => {
  it('merges equal candidates and keeps the numbers of their samples', () => {
    expect([table.add(0, row('a')), table.add(1, row('b')), table.add(2, row('a'))]).toEqual([
      true,
      true,
      false,
    ]);
    table.flush();
    expect([table.samples, table.candidates]).toEqual([3, 2]);
    expect([...table.rows()].map(({ candidateId, samples }) => [candidateId, samples])).toEqual([
      ['a', [0, 2]],
      ['b', [1]],
    ]);
  });

  it('hands out what is to be run, also while results come in', () => {
    const ids = Array.from({ length: 350 }, (_, index) => `c${index}`);
    for (const [index, id] of ids.entries()) table.add(index, row(id));
    table.add(350, { ...row('rejected'), rejected: { reason: 'no-code', detail: 'nothing' } });
    table.flush();
    const seen: string[] = [];
    for (const { key } of table.pending()) {
      seen.push(key);
      table.setExecution(key, execution(key, 'passed'));
    }
    expect(seen).toEqual(ids);
  });

  it('tells results by row, by task and by outcome', () => {
    table.add(0, row('a', 't1'));
    table.add(1, row('b', 't1'));
    table.add(2, row('a', 't1'));
    table.add(3, row('c', 't2'));
    table.add(4, { ...row('d', 't2'), rejected: { reason: 'incomplete', detail: 'line 3' } });
    table.flush();
    table.setExecution('a', execution('a', 'passed'));
    table.setExecution('b', execution('b', 'failed'));
    table.setExecution('c', execution('c', 'failed'));
    expect(table.byTask()).toEqual([
      { taskId: 't1', samples: 3, passed: 2 },
      { taskId: 't2', samples: 2, passed: 0 },
    ]);
    expect(table.byOutcome()).toEqual([
      { outcome: 'failed', candidates: 2, samples: 2 },
      { outcome: 'passed', candidates: 1, samples: 2 },
      { outcome: null, candidates: 1, samples: 1 },
    ]);
    expect([...table.rows()].at(-1)).toMatchObject({
      outcome: null,
      attempts: 0,
      rejected: { reason: 'incomplete' },
    });
    expect([...table.rows()][0]).toMatchObject({ outcome: 'passed', durationMs: 3, code: 'code of a' });
  });

  it('counts labels that samples came with', () => {
    table.add(0, row('a', 't', true));
    table.add(1, row('a', 't', false));
    table.add(2, row('a', 't', true));
    table.flush();
    expect([...table.rows()][0]?.given).toEqual({ passed: 2, failed: 1 });
  });

  it('leaves nothing behind', () => {
    table.add(0, row('a'));
    table.dispose();
    expect(existsSync(join(folder, 'work.sqlite'))).toBe(false);
    table = { ...table, dispose: () => undefined };
  });
});
