import { createHash } from 'node:crypto';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { webFile } from '../../io/web-file.ts';
import { studyFigures } from '../../report/figures/study-figures.ts';
import { renderPage } from '../../report/html/render-page.ts';
import { studySections } from '../../report/study-sections.ts';
import { studyTables } from '../../report/study-tables.ts';
import { studySubtitle } from '../../report/summary/study-subtitle.ts';
import { studySummary } from '../../report/summary/study-summary.ts';
import { explorerPart } from './explorer-part.ts';
import type { FinishedStudy } from './read-finished-study.ts';

/**
 * The report of a study as a page of HTML that needs no other file; without candidates it has no explorer. Apart from the section of times it is a function of the study.
 *
 * @throws {CodejuryError} as {@link explorerPart}.
 */
export async function studyPage(
  { report, times, candidates }: FinishedStudy,
  languages: readonly CustomLanguage[],
): Promise<string> {
  // Half a second that other commands need not wait for.
  const { openPlotter } = await import('../../report/figures/open-plotter.ts');
  const figures = studyFigures(await openPlotter(), report);
  const explorer =
    candidates.length === 0
      ? null
      : explorerPart({
          tasks: candidates,
          judges: report.config.judges.map(({ name }) => name),
          study: { name: report.name, digest: report.made.configDigest },
          languages,
        });
  const script = webFile('report.js');
  return renderPage({
    title: report.name,
    subtitle: studySubtitle(report),
    summary: studySummary(report),
    sections: studySections(studyTables(report, times), figures),
    config: JSON.stringify(report.config, null, 2),
    css: webFile('report.css'),
    script,
    explorer,
    scriptSources: [script, ...(explorer === null ? [] : [explorer.script])].map(scriptSource),
  });
}

/** How a content security policy names a script by what it says. */
function scriptSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
