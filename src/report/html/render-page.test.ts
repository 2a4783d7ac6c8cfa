import { expect, it } from 'vitest';
import { reportPage } from '../../../test/support/report-page.ts';
import { studyDocument, studyTimesDocument } from '../../../test/support/study-document.ts';
import type { StudyReport } from '../../contracts/study-report.ts';

const HOSTILE = `</script></style></svg><img src=x onerror="alert(1)">'"&amp;<b>`;

/** The same document with that in place of each name and each sentence of others. */
function hostileStudy(): StudyReport {
  const report = studyDocument();
  const names = new Set([
    report.name,
    ...report.writers.flatMap(({ name, model, pool }) => [name, model, pool]),
    ...report.judges.flatMap(({ name, model }) => [name, model]),
    ...report.teams.map(({ name }) => name),
    ...report.tasks.languages.map(({ language }) => language),
    ...report.writers.flatMap(({ written }) => written.faults.map(({ example }) => example.feedback.message)),
    ...report.generators.flatMap(({ evaluation }) => evaluation.notices),
    'multiplicity',
  ]);
  return JSON.parse(JSON.stringify(report), (_key, value: unknown) =>
    typeof value === 'string' && names.has(value) ? `${HOSTILE} ${value}` : value,
  );
}

it('takes no text of others for markup', async () => {
  const page = await reportPage(hostileStudy(), {
    stages: [{ id: HOSTILE, title: HOSTILE, seconds: 1 }],
    measured: [{ writer: HOSTILE, kind: 'large' as const, perSample: 1, judgements: [] }],
  });
  expect(page.match(/&lt;img src=x onerror/g)?.length).toBeGreaterThan(100);
  expect(page).not.toMatch(/<img|<b>|<\/svg><img/);
  // Its own two: the empty style and the empty script.
  expect(page.match(/<\/?(?:script|style)\b/g)).toHaveLength(4);
});

it('has each id once, and every link in it leads somewhere', async () => {
  const page = await reportPage(studyDocument(), studyTimesDocument());
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  const named = [...page.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)].map(([, id]) => id);
  expect([...links, ...named].filter((id) => !ids.includes(id))).toEqual([]);
  expect(links).toEqual([
    ...['main', 'summary', 'section-studied', 'section-judges', 'section-choices'],
    ...['section-costs', 'section-beyond', 'section-provenance', 'section-times'],
  ]);
});
