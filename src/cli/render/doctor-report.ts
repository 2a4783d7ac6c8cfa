import { styleText } from 'node:util';
import type { DoctorReport, Finding } from '../../contracts/doctor-report.ts';
import { writeLimits } from '../../contracts/write-limits.ts';
import { formatBytes } from '../../io/format-bytes.ts';
import type { ServerReport } from '../../pipeline/inspect-server.ts';
import { visibleText } from '../../util/visible-text.ts';
import { renderTable } from './table.ts';

/** The report for people: what works, what is missing and how to get it, which models fit. */
export function doctorReport(report: DoctorReport): string {
  const { programs, protections, models, sandboxes, languages, cgroupVersion } = report;
  const lines = [
    `codejury ${report.codejury}, Node ${report.node}, ${report.platform}, ${report.cores} cores, ${formatBytes(report.memoryBytes)} memory (${formatBytes(report.freeMemoryBytes)} free), ${cgroupVersion === null ? 'no cgroups' : `cgroup v${cgroupVersion}`}`,
    `models and results in ${report.home}`,
    '',
    line(report.engine),
    `${mark(report.gpus.length > 0)} GPU: ${report.gpus.length > 0 ? report.gpus.join(', ') : 'none usable, the processor computes'}`,
    line(report.sandbox),
    ...protections.map(({ name, active, detail }) => `    ${mark(active)} ${name}: ${detail}`),
    ...sandboxes.map((sandbox) => line({ ...sandbox, name: `--sandbox ${sandbox.name}` })),
    ...programs.map(line),
    '',
    'limits of a run, unless --limit, a team or a language says otherwise; where a reference solution ran, its time decides:',
    `    ${writeLimits(report.limits)}`,
    languages.length === 0
      ? 'candidates of no language can be executed without a sandbox'
      : 'languages, and whether their candidates can be executed in this sandbox:',
    ...languages.map(({ limits, ...language }) => {
      const own = writeLimits(limits);
      return line({ ...language, detail: `${language.detail}${own === '' ? '' : `; ${own}`}` });
    }),
    '',
    renderTable(
      ['model', 'here', 'needs', 'fits this machine'],
      models.map(({ name, here, neededBytes, fits }) => [
        name,
        here ? 'yes' : '-',
        neededBytes === null ? 'unknown' : formatBytes(neededBytes),
        fits === null ? 'unknown' : fits ? 'yes' : 'no',
      ]),
    ),
  ];
  return withColours(lines.join('\n'));
}

/** What a server can do for codejury. */
export function serverReport(report: ServerReport): string {
  const conclusions = [
    ['generate', report.canGenerate],
    ['judge', report.canJudge],
    ['score text', report.canScoreText],
  ] as const;
  const lines = [
    `${report.baseUrl}: ${report.reachable ? `reachable, kind: ${report.kind}` : 'not reachable'}`,
    `model: ${report.model ?? 'none'}${report.contextSize === null ? '' : `, context ${report.contextSize} tokens`}`,
    '',
    ...conclusions.map(([what, { able, reason }]) => `${mark(able)} can ${what}: ${reason}`),
  ];
  if (report.problem !== null) {
    lines.push('', `problem: ${report.problem.message}`);
    if (report.problem.hint !== null) {
      lines.push(`hint: ${report.problem.hint}`);
    }
  }
  return withColours([...lines, ...report.notices.map((notice) => `note: ${notice}`)].join('\n'));
}

function line({ name, ok, detail, hint }: Finding): string {
  return `${mark(ok)} ${name}: ${detail}${hint === null ? '' : `\n    ${hint}`}`;
}

function mark(ok: boolean): string {
  return ok ? '+' : '-';
}

/** The marks in colours, which come last: what programs and servers say of themselves brings none of its own. */
function withColours(text: string): string {
  return visibleText(text).replace(
    /^( *)([+-])(?= )/gm,
    (_, indent: string, sign) =>
      indent + styleText(sign === '+' ? 'green' : 'yellow', sign, { stream: process.stdout }),
  );
}
