import type { StudyReport } from '../../contracts/study-report.ts';
import { abstentionFigure } from './abstention-figure.ts';
import { agreementFigure } from './agreement-figure.ts';
import { choicesFigure } from './choices-figure.ts';
import { confusionFigure } from './confusion-figure.ts';
import { escalationFigure } from './escalation-figure.ts';
import { frontierFigure } from './frontier-figure.ts';
import { kappaFigure } from './kappa-figure.ts';
import type { Plotter } from './open-plotter.ts';
import { passAt1Figure } from './pass-at-1-figure.ts';
import { precisionFigure } from './precision-figure.ts';
import { reliabilityFigure } from './reliability-figure.ts';
import type { ReportFigure } from './report-figure.ts';

const FIGURES: readonly ((plotter: Plotter, report: StudyReport) => ReportFigure)[] = [
  kappaFigure,
  confusionFigure,
  precisionFigure,
  reliabilityFigure,
  agreementFigure,
  passAt1Figure,
  choicesFigure,
  frontierFigure,
  abstentionFigure,
  escalationFigure,
];

/** The figures of a study, those of which nothing was measured left out. All are functions of the report. */
export function studyFigures(plotter: Plotter, report: StudyReport): ReportFigure[] {
  return FIGURES.map((make) => make(plotter, report)).filter(({ panels }) => panels.length > 0);
}
