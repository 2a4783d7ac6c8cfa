import { describe, expect, it } from 'vitest';
import { studyDocument, studyTimesDocument } from '../../test/support/study-document.ts';
import type { StudyReport } from '../contracts/study-report.ts';
import { studyTables } from './study-tables.ts';

const report = studyDocument();
const times = studyTimesDocument();

describe('studyTables', () => {
  const tables = studyTables(report, times);

  it('makes each table once, with names that files and columns can have', () => {
    const ids = tables.map(({ id }) => id);
    expect(ids).toHaveLength(32);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z\d-]+$/.test(id))).toEqual([]);
    for (const { columns } of tables) {
      const keys = columns.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => !/^\w+$/.test(key))).toEqual([]);
    }
  });

  it('gives each row as many cells as there are columns, and each table a caption', () => {
    for (const { columns, rows, caption } of tables) {
      expect(rows.filter((row) => row.length !== columns.length)).toEqual([]);
      expect(caption).toMatch(/\.$/);
      expect(caption).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('has no number that is none', () => {
    const text = JSON.stringify(tables, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? 'not a number' : value,
    );
    expect(text).not.toContain('not a number');
  });

  it('puts what the clock said into two tables, the last', () => {
    const others = studyTables(report, { stages: [], measured: [] });
    expect(others).toEqual(tables.slice(0, -2));
    expect(tables.slice(-2).map(({ id }) => id)).toEqual(['answer-times', 'times']);
  });

  it('leaves out what was not studied', () => {
    const bare: StudyReport = {
      ...report,
      judges: [],
      teams: [],
      costs: { models: [], rows: [], prices: [] },
      generators: report.generators.map((generator) => ({
        ...generator,
        choices: { ...generator.choices, comparisons: [], notices: [] },
        evaluation: {
          ...{
            judges: [],
            judgeComparisons: [],
            agreement: [],
            errors: [],
            choiceComparisons: [],
            large: [],
          },
          ...{ largeComparisons: [], replays: [], notices: [] },
          gate: { n: 10, candidates: 0, removed: 0, choices: [] },
        },
      })),
    };
    expect(studyTables(bare, { stages: [], measured: [] }).map(({ id }) => id)).toEqual([
      ...['tasks', 'writers', 'outcomes', 'faults', 'pass-at-1', 'choices', 'provenance', 'files', 'notices'],
    ]);
  });
});
