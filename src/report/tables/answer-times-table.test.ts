import { describe, expect, it } from 'vitest';
import { studyDocument, studyTimesDocument } from '../../../test/support/study-document.ts';
import { answerTimesTable } from './answer-times-table.ts';

describe('the time for an answer', () => {
  it('is that of the samples and of the judges of the team, and unknown where a part is', () => {
    const { rows } = answerTimesTable(studyDocument(), studyTimesDocument());
    const shown = rows.map((row) => row.slice(0, 4)).filter(([, , n]) => n === 1 || n === 10);
    expect(shown).toEqual([
      ['small_1b', 'single candidate', 1, 1.25],
      ['small_1b', 'team of tuned', 10, 16.25],
      ['small_1b', 'team of tuned + shots', 10, 31.25],
      ['pool', 'single candidate', 1, null],
      ['pool', 'team of tuned', 10, null],
      ['pool', 'team of tuned + shots', 10, null],
      [null, 'big', 1, 6.75],
    ]);
    // 60 / 6.75 answers a minute, of which a developer asks for 1,150 / (16 × 60).
    expect(rows.at(-1)?.at(-1)).toBeCloseTo(60 / 6.75 / (1150 / 960), 12);
  });

  it('has no rows where nothing was measured', () => {
    const measured = studyTimesDocument().measured.map((entry) => ({ ...entry, perSample: null }));
    expect(answerTimesTable(studyDocument(), { measured }).rows).toEqual([]);
  });
});
