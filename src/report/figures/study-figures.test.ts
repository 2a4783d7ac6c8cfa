import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import type { Estimate } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { openPlotter } from './open-plotter.ts';
import { studyFigures } from './study-figures.ts';

const plotter = await openPlotter();
const figures = studyFigures(plotter, studyDocument());

it('draws each figure of each generator', () => {
  expect(Object.fromEntries(figures.map(({ id, panels }) => [id, panels.length]))).toEqual({
    'kappa-figure': 2,
    'confusion-figure': 6,
    'precision-figure': 6,
    'reliability-figure': 6,
    'agreement-figure': 2,
    'pass-at-1-figure': 2,
    'choices-figure': 2,
    'frontier-figure': 2,
    'abstention-figure': 2,
    'escalation-figure': 2,
  });
});

it('draws no number that is none, and nothing twice', () => {
  const drawn = figures.flatMap(({ panels }) => panels.map(({ svg }) => svg));
  expect(drawn.filter((svg) => /NaN|Infinity|undefined|null/.test(svg))).toEqual([]);
  const ids = drawn.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(2 * drawn.length);
});

it('says what is drawn to whoever cannot see it', () => {
  for (const { panels } of figures) {
    for (const { svg } of panels) {
      const [, name, title] =
        /^<svg [^>]*role="img" aria-labelledby="([^"]+)"[^>]*><title id="([^"]+)">[^<]+<\/title><desc/.exec(
          svg,
        ) ?? [];
      expect(name).toBe(title);
      expect(name).toBeDefined();
    }
  }
});

it('brings no style, no script and nothing from elsewhere', () => {
  const all = figures.flatMap(({ panels }) => panels.map(({ svg }) => svg)).join('');
  expect(all).not.toMatch(/<style|<script|href=|\son\w+=/i);
  expect(all).not.toMatch(/(?:fill|stroke)="(?:#|rgb|black|white)/);
});

it('draws the same again', () => {
  expect(studyFigures(plotter, studyDocument())).toEqual(figures);
});

it('draws what is unknown as nothing', () => {
  const unknown: Estimate = { value: null, low: null, high: null };
  const report = studyDocument();
  const nothing: StudyReport = {
    ...report,
    generators: report.generators.map((generator) => ({
      ...generator,
      choices: {
        ...generator.choices,
        rows: generator.choices.rows.map((row) => ({ ...row, passAt1: unknown })),
      },
      evaluation: {
        ...generator.evaluation,
        judges: generator.evaluation.judges.map((judge) => ({
          ...judge,
          metrics: { ...judge.metrics, kappa: unknown },
          confusionShares: {
            ...{ truePositives: unknown, falsePositives: unknown },
            ...{ falseNegatives: unknown, trueNegatives: unknown },
          },
          reliability: [],
        })),
        agreement: generator.evaluation.agreement.map((pair) => ({ ...pair, kappa: null })),
        replays: generator.evaluation.replays.map((replay) => ({
          ...replay,
          passAt1: null,
          rules: [],
          abstention: { points: [], area: null, chanceArea: null, bestArea: null },
          escalation: [],
        })),
      },
    })),
  };
  const svgs = studyFigures(plotter, nothing).flatMap(({ panels }) => panels.map(({ svg }) => svg));
  expect(svgs.length).toBeGreaterThan(20);
  expect(svgs.filter((svg) => /NaN|Infinity|undefined|null/.test(svg))).toEqual([]);
});
