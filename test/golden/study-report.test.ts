import { expect, it } from 'vitest';
import { studyMarkdown } from '../../src/report/study-markdown.ts';
import { studySections } from '../../src/report/study-sections.ts';
import { studyTables } from '../../src/report/study-tables.ts';
import { studySubtitle } from '../../src/report/summary/study-subtitle.ts';
import { studySummary } from '../../src/report/summary/study-summary.ts';
import { reportPage } from '../support/report-page.ts';
import { smallStudy } from '../support/small-study.ts';
import { studyTimesDocument } from '../support/study-document.ts';

const report = smallStudy();
const times = studyTimesDocument();

/** Written anew by `vitest run test/golden -u`. */
it('a small study gives these bytes as a page', async () => {
  await expect(await reportPage(report, times)).toMatchFileSnapshot('study-report.html');
});

it('a small study gives these bytes as Markdown', async () => {
  const text = studyMarkdown(report.name, {
    subtitle: studySubtitle(report),
    summary: studySummary(report),
    sections: studySections(studyTables(report, times), []),
  });
  await expect(text).toMatchFileSnapshot('study-report.md');
});

it('shows in the section of times alone what the clock said', async () => {
  const other = {
    measured: times.measured.map((entry) => ({ ...entry, perSample: 2 })),
    stages: times.stages.map((stage) => ({ ...stage, seconds: stage.seconds + 1 })),
  };
  const withoutTimes = (page: string) => page.replace(/<section id="section-times".*$/s, '');
  const [page, later] = await Promise.all([reportPage(report, times), reportPage(report, other)]);
  expect(later).not.toBe(page);
  expect(withoutTimes(later)).toBe(withoutTimes(page));
  expect(withoutTimes(page)).toMatch(/table-provenance/);
});
