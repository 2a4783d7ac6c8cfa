import { join } from 'node:path';
import type { ReportFiles } from '../../contracts/report-files.ts';
import type { ReportTable } from '../../report/report-table.ts';
import { studyMarkdown } from '../../report/study-markdown.ts';
import { studySections } from '../../report/study-sections.ts';
import { studyTables } from '../../report/study-tables.ts';
import { studySubtitle } from '../../report/summary/study-subtitle.ts';
import { studySummary } from '../../report/summary/study-summary.ts';
import { summariseTraining } from '../../report/summary/summarise-overlaps.ts';
import { toCsv } from '../../report/to-csv.ts';
import { toJson } from '../../report/to-json.ts';
import { toLatex } from '../../report/to-latex.ts';
import { hashJson } from '../../util/hash.ts';
import { type FinishedStudy, readFinishedStudy } from './read-finished-study.ts';
import type { StudySource } from './read-study.ts';
import { type FormFiles, writeReportFiles } from './report-files.ts';
import { withoutCandidates } from './without-candidates.ts';

/** The forms that a report can have. */
export const REPORT_FORMATS = ['html', 'md', 'csv', 'json', 'latex'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Of the report, in the study's folder. */
export const REPORT_FOLDER = 'report';

export interface WriteReportOptions extends StudySource {
  /** The study's folder. */
  readonly out: string;
  /** Where the report goes; null = into the folder `report` of the study. */
  readonly to: string | null;
  readonly formats: readonly ReportFormat[];
  /** Whether the report shows what tasks and candidates say, which not everybody may see; true if not given. */
  readonly showCandidates?: boolean;
}

export interface WrittenReport {
  readonly written: ReportFiles;
  readonly study: FinishedStudy;
}

/**
 * Writes the report of a finished study, each file at once or not at all, and removes what an earlier report left there in the same forms and
 * this one has not. What does not tell of times is the same whenever it is written.
 *
 * @throws {CodejuryError} `not-found` for a study that is not finished; `disk-full`; `usage` for a folder that cannot be written.
 */
export async function writeReport(options: WriteReportOptions): Promise<WrittenReport> {
  const found = await readFinishedStudy(options.out);
  const study = options.showCandidates === false ? withoutCandidates(found) : found;
  const folder = options.to ?? join(options.out, REPORT_FOLDER);
  const formats = REPORT_FORMATS.filter((name) => options.formats.includes(name));
  const texts = (await Promise.all(formats.map((format) => FORMS[format](study, options)))).flat();
  await writeReportFiles(
    folder,
    texts,
    formats.map((format) => ENDINGS[format]),
  );
  const files = texts.map(([name]) => name);
  const { name, made } = study.report;
  const hasChanged = made.configDigest !== hashJson(options.config);
  const notices = [
    ...(hasChanged
      ? ['the config has changed since the study was run: the report is of the study as it was']
      : []),
    ...summariseTraining(study.report),
  ];
  return { written: { format: 1, name, folder, files, notices }, study };
}

const ENDINGS: Readonly<Record<ReportFormat, string>> = {
  html: '.html',
  md: '.md',
  csv: '.csv',
  json: '.json',
  latex: '.tex',
};

const FORMS: Readonly<
  Record<ReportFormat, (study: FinishedStudy, source: StudySource) => Promise<FormFiles> | FormFiles>
> = {
  html: async (study, { languages }) => {
    const { studyPage } = await import('./study-page.ts');
    return [['report.html', await studyPage(study, languages)]];
  },
  md: (study) => {
    const { report } = study;
    const sections = studySections(tablesOf(study), []);
    const texts = { subtitle: studySubtitle(report), summary: studySummary(report), sections };
    return [['report.md', studyMarkdown(report.name, texts)]];
  },
  csv: (study) => tablesOf(study).map((table) => [`tables/${table.id}.csv`, toCsv(table)]),
  json: (study) => [['tables.json', toJson(tablesOf(study))]],
  latex: (study) => tablesOf(study).map((table) => [`tables/${table.id}.tex`, toLatex(table)]),
};

function tablesOf({ report, times }: FinishedStudy): ReportTable[] {
  return studyTables(report, times);
}
