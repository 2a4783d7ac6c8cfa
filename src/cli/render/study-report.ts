import type { ReportFiles } from '../../contracts/report-files.ts';
import type { GeneratorGist, StudyGist } from '../../pipeline/study/study-gist.ts';
import { percentWithInterval, withInterval } from './estimate.ts';
import { renderTable } from './table.ts';

/** The best judge, what each way of choosing comes to out of the largest draws, and where the report is. */
export function studyReport(
  { name, n, generators }: StudyGist,
  { folder, files, notices }: ReportFiles,
): string {
  return [
    name,
    '',
    ...generators.flatMap((generator) => [...generatorLines(generator, n), '']),
    ...notices.map((notice) => `note: ${notice}`),
    `report: ${folder} (${listed(files)})`,
  ].join('\n');
}

function generatorLines({ name, bestJudge, ways }: GeneratorGist, n: number): string[] {
  const judge =
    bestJudge === null
      ? []
      : [
          `candidates of ${name}: best judge ${bestJudge.name}, kappa ${withInterval(bestJudge.kappa)}` +
            `${bestJudge.agreement === null ? '' : ` (${bestJudge.agreement})`}`,
        ];
  if (ways.length === 0) return judge;
  const rows = ways.map((way) => [way.name, way.kind, percentWithInterval(way.passAt1)]);
  return [...judge, renderTable([`${name}, best of ${n}`, 'kind', 'pass@1 [95 %]'], rows)];
}

/** Files beside one another by name, those of tables by their number. */
function listed(files: readonly string[]): string {
  const tables = files.filter((file) => file.startsWith('tables/')).length;
  const others = files.filter((file) => !file.startsWith('tables/'));
  return [...others, ...(tables === 0 ? [] : [`${tables} files in tables/`])].join(', ');
}
