import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import type { StudyGeneratorReport, StudyReport } from '../../contracts/study-report.ts';
import { studySummary } from './study-summary.ts';

/** The made-up study with one generator, changed. */
function sentences(
  change: (generator: StudyGeneratorReport) => StudyGeneratorReport = (same) => same,
): string {
  const report = studyDocument();
  const parts = studySummary({ ...report, generators: report.generators.slice(0, 1).map(change) });
  return parts.flatMap((part) => part.sentences).join('\n');
}

it('says what was measured', () => {
  expect(studySummary(studyDocument()).map(({ title }) => title)).toEqual([
    null,
    'Candidates of small_1b',
    'Candidates of pool',
  ]);
  expect(sentences()).toContain('40 tasks (10 in java and 30 in python), candidates of small_1b, 3 judges');
});

it('names the best judge, the next, and how sure that is', () => {
  expect(sentences()).toContain(
    'Of 3 judges tuned (fine-tuned) agrees most with the tests on the candidates of small_1b: kappa 0.659 [0.597, 0.722], substantial. ' +
      'The next is shots with 0.444 [0.382, 0.507]. The share of right verdicts of tuned is 6.7 points above that of shots (p = 0.025 adjusted).',
  );
});

it('puts the best team beside what it has to beat', () => {
  expect(sentences()).toContain(
    'Out of 10 samples of small_1b the best team, team of tuned, reaches a pass@1 of 41.3 % [35.0, 47.5]; no choice among the same samples exceeds 51.2 %. ' +
      'That is 10.0 points above a single candidate (p < 0.001 adjusted) and 11.3 points below the larger model big (p = 0.025 adjusted). ' +
      'It is the best of several on these very tasks, which flatters it.',
  );
});

it('says what chance alone could be', () => {
  const text = sentences(({ choices, ...generator }) => ({
    ...generator,
    choices: { ...choices, comparisons: choices.comparisons.map((entry) => ({ ...entry, adjusted: 0.2 })) },
  }));
  expect(text).toContain('above a single candidate (p = 0.200 adjusted: not told from chance)');
});

it('says when a ranker without judges is as good', () => {
  const text = sentences(({ choices, ...generator }) => ({
    ...generator,
    choices: {
      ...choices,
      rows: choices.rows.map((row) =>
        row.name === 'multiplicity' ? { ...row, passAt1: { value: 0.5, low: 0.4, high: 0.6 } } : row,
      ),
    },
  }));
  expect(text).toContain(
    'No team is better than multiplicity, which asks no judge and reaches 50.0 % [40.0, 60.0].',
  );
});

it('says that there is nothing to choose where nothing passes', () => {
  const none = { value: 0, low: 0, high: 0 };
  const text = sentences(({ choices, ...generator }) => ({
    ...generator,
    choices: { ...choices, rows: choices.rows.map((row) => ({ ...row, passAt1: none })) },
  }));
  expect(text).toContain('No sample of small_1b passes its tests: there is nothing to choose.');
  expect(text).not.toContain('the best team');
});

it('says which judges say nothing, and when no judge has a kappa', () => {
  const text = sentences(({ evaluation, ...generator }) => ({
    ...generator,
    evaluation: {
      ...evaluation,
      judges: evaluation.judges.map((judge) => ({
        ...judge,
        constant: judge.judge !== 'tuned',
        metrics: { ...judge.metrics, kappa: { value: null, low: null, high: null } },
      })),
    },
  }));
  expect(text).toContain('No judge has a kappa on the candidates of small_1b.');
  expect(text).toContain('zero and shots give one answer to nearly all candidates of small_1b');
});

it('says whether early stopping keeps its limits on other tasks', () => {
  expect(sentences()).toContain(
    'takes 43.8 % [37.5, 50.0] of the samples and changes pass@1 by -0.8 points [-1.6, 0.0], with the threshold set on other tasks: within the limits',
  );
});

it('warns of few tasks', () => {
  const tasks = { ...studyDocument().tasks, count: 5 };
  const report: StudyReport = { ...studyDocument(), overlaps: [], tasks };
  expect(studySummary(report)[0]?.sentences[1]).toMatch(/^With 5 tasks this shows what a study looks like/);
});

it('says first what was trained on the tasks of the study', () => {
  const [whole] = studySummary(studyDocument());
  expect(whole?.sentences.slice(1)).toEqual([
    'Of the 40 tasks some are training tasks of tuned (3) and team of tuned (3): their numbers are flattered and say nothing about new tasks.',
    'Of the 40 tasks some are validation tasks that team of tuned (2) was chosen and calibrated by.',
    'Whether judge:other learned from tasks of this study is not known.',
  ]);
  expect(studySummary({ ...studyDocument(), overlaps: [] })[0]?.sentences).toHaveLength(1);
});
