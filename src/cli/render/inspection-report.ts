import type {
  DropReason,
  InspectionReport,
  InspectionWarning,
  NotInspectedReason,
} from '../../contracts/inspection.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { duration } from './execute-status.ts';
import { plural, renderTable } from './table.ts';

const DROPPED: Readonly<Record<DropReason, string>> = {
  'reference-fails': 'its own solution fails',
  'empty-passes': 'an empty body passes',
  'dummy-passes': 'a constant passes',
  'tests-do-not-compile': 'the tests never compile',
  'throwing-passes': 'a body that throws passes',
  flaky: 'outcomes change from run to run',
};

const NOT_INSPECTED: Readonly<Record<NotInspectedReason, string>> = {
  'no-tests': 'no tests',
  'nothing-to-run': 'nothing to run',
  'cannot-run': 'cannot be run here',
  'sandbox-error': 'the sandbox failed',
};

const WARNINGS: Readonly<Record<InspectionWarning['kind'], string>> = {
  'extended-passes': 'another constant, or the argument as it came, passes',
  'few-assertions': 'fewer than three checks',
  'no-solution': 'nothing is known to pass',
  'no-probes': 'no wrong programs could be made',
  'probe-does-not-compile': 'the body that throws does not compile',
  'no-dummy-ran': 'no constant compiles',
};

/** Tasks that are named for one kind of warning, and the room they get, in characters; all of them are in the JSON. */
const NAMED = { tasks: 3, length: 90 };
/** A compiler's messages are long; the JSON has all of it. */
const EVIDENCE_LENGTH = 160;

/** What `tasks inspect` shows to a person: the counts, each dropped task with its reason, what else is weak. */
export function inspectionReport(report: InspectionReport): string {
  const { counts, tasks, parameters } = report;
  const width = String(counts.tasks).length;
  const row = (name: string, count: number) => [name, String(count).padStart(width)];
  const rows = [
    row('tasks', counts.tasks),
    ...counts.dropped.map(({ reason, tasks: dropped }) => row(`- ${DROPPED[reason]}`, dropped)),
    ...(counts.notInspected === 0 ? [] : [row('- not inspected', counts.notInspected)]),
    row('= kept', counts.kept),
  ];
  const repeated =
    parameters.seeds.length === 0
      ? 'nothing was repeated'
      : `${parameters.seeds.length} runs each for flakiness`;
  const runners = Object.values(parameters.runners).map(withoutDigests).join(', ');
  return [
    `${report.source}: ${plural(counts.tasks, 'task')} inspected with ${runners || 'no runner'}, ${repeated} (${duration(report.durationMs / 1000)})`,
    '',
    renderTable(['', ''], rows).trimStart(),
    ...section(
      'dropped',
      tasks
        .filter(({ verdict }) => verdict === 'dropped')
        .map(({ taskId, reason, evidence }) => [taskId, DROPPED[reason as DropReason], clipped(evidence)]),
    ),
    ...section(
      'not inspected',
      tasks
        .filter(({ verdict }) => verdict === 'not-inspected')
        .map(({ taskId, reason, evidence }) => [
          taskId,
          NOT_INSPECTED[reason as NotInspectedReason],
          clipped(evidence),
        ]),
    ),
    ...section('kept, with warnings', warningRows(report)),
    ...report.notices.map((notice) => `note: ${notice}`),
  ].join('\n');
}

function warningRows({ tasks }: InspectionReport): string[][] {
  const kept = tasks.filter(({ verdict }) => verdict === 'kept');
  return (Object.keys(WARNINGS) as InspectionWarning['kind'][]).flatMap((kind) => {
    const found = kept.flatMap(({ taskId, warnings }) =>
      warnings.filter((warning) => warning.kind === kind).map(({ detail }) => ({ taskId, detail })),
    );
    if (found.length === 0) return [];
    return [[String(found.length), WARNINGS[kind], examplesOf(found)]];
  });
}

/** As many tasks as there is room for, but one at least, and how many more there are. */
function examplesOf(found: readonly { readonly taskId: string; readonly detail: string }[]): string {
  let text = '';
  let named = 0;
  for (const { taskId, detail } of found.slice(0, NAMED.tasks)) {
    const longer = `${text}${named === 0 ? '' : ', '}${taskId} (${visibleLine(detail)})`;
    if (named > 0 && longer.length > NAMED.length) break;
    text = clipped(longer, NAMED.length);
    named += 1;
  }
  return named === found.length ? text : `${text}, ${found.length - named} more`;
}

/** Digests tell one runner from another; a person wants the language and its version. */
function withoutDigests(runner: string): string {
  return runner.replace(/ (?:(?:libraries|runner) )?(?:none|[0-9a-f]{12,})(?= |$)/g, '');
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', renderTable([title, '', ''], rows)];
}

function clipped(text: string | null, length = EVIDENCE_LENGTH): string {
  const line = visibleLine(text ?? '');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
