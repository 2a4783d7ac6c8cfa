import type { StudyReport, StudyTimes } from '../contracts/study-report.ts';
import type { ReportTable } from './report-table.ts';
import { abstentionTable } from './tables/abstention-table.ts';
import { agreementTable } from './tables/agreement-table.ts';
import { answerTimesTable } from './tables/answer-times-table.ts';
import { choiceComparisonsTable } from './tables/choice-comparisons-table.ts';
import { choicesTable } from './tables/choices-table.ts';
import { confusionTable } from './tables/confusion-table.ts';
import { costAnswersTable } from './tables/cost-answers-table.ts';
import { costHardwareTable } from './tables/cost-hardware-table.ts';
import { costModelsTable } from './tables/cost-models-table.ts';
import { earlyStoppingTable } from './tables/early-stopping-table.ts';
import { escalationTable } from './tables/escalation-table.ts';
import { expectationComparisonsTable } from './tables/expectation-comparisons-table.ts';
import { faultsTable } from './tables/faults-table.ts';
import { filesTable } from './tables/files-table.ts';
import { frontierTable } from './tables/frontier-table.ts';
import { gateTable } from './tables/gate-table.ts';
import { judgeComparisonsTable } from './tables/judge-comparisons-table.ts';
import { judgeErrorsTable } from './tables/judge-errors-table.ts';
import { judgeModelsTable } from './tables/judge-models-table.ts';
import { judgesTable } from './tables/judges-table.ts';
import { kappaTable } from './tables/kappa-table.ts';
import { largeComparisonsTable } from './tables/large-comparisons-table.ts';
import { noticesTable } from './tables/notices-table.ts';
import { outcomesTable } from './tables/outcomes-table.ts';
import { passAt1Table } from './tables/pass-at-1-table.ts';
import { precisionTable } from './tables/precision-table.ts';
import { provenanceTable } from './tables/provenance-table.ts';
import { reliabilityTable } from './tables/reliability-table.ts';
import { tasksTable } from './tables/tasks-table.ts';
import { teamsTable } from './tables/teams-table.ts';
import { timesTable } from './tables/times-table.ts';
import { writersTable } from './tables/writers-table.ts';

/** In the order in which a study is read: what was studied, judges, choices, what goes beyond the paper, provenance. */
const TABLES: readonly ((report: StudyReport) => ReportTable)[] = [
  tasksTable,
  writersTable,
  outcomesTable,
  faultsTable,
  kappaTable,
  judgesTable,
  confusionTable,
  precisionTable,
  reliabilityTable,
  judgeComparisonsTable,
  agreementTable,
  judgeErrorsTable,
  passAt1Table,
  choicesTable,
  choiceComparisonsTable,
  expectationComparisonsTable,
  largeComparisonsTable,
  costHardwareTable,
  costAnswersTable,
  costModelsTable,
  earlyStoppingTable,
  frontierTable,
  abstentionTable,
  escalationTable,
  gateTable,
  provenanceTable,
  teamsTable,
  judgeModelsTable,
  filesTable,
  noticesTable,
];

/**
 * The tables of a study, those without rows left out. All are functions of the report but the last two, which
 * were measured by the clock.
 */
export function studyTables(report: StudyReport, times: StudyTimes): ReportTable[] {
  return [...TABLES.map((make) => make(report)), answerTimesTable(report, times), timesTable(times)].filter(
    ({ rows }) => rows.length > 0,
  );
}
