import type { StudyReport, StudyTimes } from '../../src/contracts/study-report.ts';
import { openPlotter } from '../../src/report/figures/open-plotter.ts';
import { studyFigures } from '../../src/report/figures/study-figures.ts';
import { renderPage } from '../../src/report/html/render-page.ts';
import { studySections } from '../../src/report/study-sections.ts';
import { studyTables } from '../../src/report/study-tables.ts';
import { studySubtitle } from '../../src/report/summary/study-subtitle.ts';
import { studySummary } from '../../src/report/summary/study-summary.ts';

/** The page of a study without style, scripts and explorer: what is a function of its documents alone. */
export async function reportPage(report: StudyReport, times: StudyTimes): Promise<string> {
  return renderPage({
    title: report.name,
    subtitle: studySubtitle(report),
    summary: studySummary(report),
    sections: studySections(studyTables(report, times), studyFigures(await openPlotter(), report)),
    config: JSON.stringify(report.config, null, 2),
    ...{ css: '', script: '', explorer: null, scriptSources: [] },
  });
}
