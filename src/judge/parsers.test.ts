import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFaultList } from './parse-fault-list.ts';
import { parseRating } from './parse-rating.ts';
import { parseYesOrNo } from './parse-yes-or-no.ts';

describe('parseYesOrNo', () => {
  it.each([
    ['Yes', 1],
    ['**yes**, it does.', 1],
    ['No.', 0],
    ['The code looks fine.\n\nTherefore:\n\nYes\n\n', 1],
    ['No, the loop is wrong.\nIt returns too early.', 0],
    // Yes goes first, as the published rule has it.
    ['No.\nYes', 1],
    ['It is hard to say.\nYes, perhaps\nOr something else.', null],
    ['It does not work: nothing is returned. Yesterday it did.', null],
    ['', null],
  ])('%j is %s', (text, label) => {
    expect(parseYesOrNo(text)).toBe(label);
  });
});

describe('parseRating', () => {
  const parse = (text: string) => parseRating(text, 'functional correctness', 4);

  it.each([
    ['4', 4],
    [' **3** / 4.\nIt misses a case.', 3],
    ['The score is 0.', 0],
    ['Score: 2/4', 2],
    ['Functional Correctness: 3', 3],
    ['Score (0-4): 4', 4],
    ['On the scale from 0 to 4 the score is 1', 1],
    ['1. Score of functional correctness: 3', 3],
    ['Step 1 gives a score of 3.', 3],
    ['Score: 3\nBut the other score is 1.\nFinal score: 3', 3],
    // Lines that speak of something else do not count.
    ['Score: 2\nIt loops 3 times, 3 times too often.', 2],
  ])('%j is %s', (text, rating) => {
    expect(parse(text)).toBe(rating);
  });

  it.each([
    ['', 'nothing'],
    ['The candidate is correct in 4 cases.', 'no line about a score'],
    ['Score: 5', 'off the scale'],
    ['Score: 3 out of 100', 'another scale'],
    ['3/5', 'another scale, alone'],
    ['Score: -1', 'negative'],
    ['Score: 3.5', 'between two ratings'],
    ['Score: three', 'a word'],
    ['Score: 1\nScore: 4', 'two that contradict each other'],
    ['It is fine.\n4', 'a bare number that does not complete the prompt'],
  ])('%j is none: %s', (text) => {
    expect(parse(text)).toBeNull();
  });

  it('never leaves the scale', () => {
    fc.assert(
      fc.property(fc.string(), (noise) => {
        const rating = parse(`score ${noise}`);
        expect(rating === null || [0, 1, 2, 3, 4].includes(rating)).toBe(true);
      }),
    );
  });
});

describe('parseFaultList', () => {
  const fault = (severity: string) => ({ fault: 'x', severity });

  it.each([
    ['[]', 1],
    [JSON.stringify([fault('small')]), 0.95],
    [JSON.stringify([fault('Major'), fault('small')]), 0.45],
    [JSON.stringify([fault('fatal'), fault('major')]), 0],
    [`\`\`\`json\n${JSON.stringify([fault('major')], null, 2)}\n\`\`\`\nThat is all.`, 0.5],
    [`These are the faults:\n${JSON.stringify([fault('small')])}\nI hope this helps.`, 0.95],
  ])('%j rates %s', (text, rating) => {
    expect(parseFaultList(text)).toBe(rating);
  });

  it.each([
    ['', 'nothing'],
    ['There are no faults.', 'prose'],
    ['It fails for [] and for [1].', 'a list in prose'],
    ['[{"fault": "x", "severity": "major"', 'cut off'],
    ['[{"fault": "x", "severity": "huge"}]', 'an unknown severity'],
    ['[{"fault": "x"}]', 'no severity'],
    ['["x"]', 'other elements'],
    ['{"faults": []}', 'no list'],
    ['[]\n[{"fault": "x", "severity": "fatal"}]', 'two lists'],
  ])('%j is none: %s', (text) => {
    expect(parseFaultList(text)).toBeNull();
  });
});
