import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { addStudyPlan } from './study-plan.ts';
import { addStudyReport } from './study-report.ts';
import { addStudyRun } from './study-run.ts';
import { addStudyStatus } from './study-status.ts';

/** `codejury study`: measure judges and teams by one file that says what. */
export function addStudy(program: Command, context: CliContext): void {
  const study = program
    .command('study')
    .description(
      'measure judges, teams and rankers on tasks: one file says what, a folder keeps what is known',
    );
  addStudyPlan(study, context);
  addStudyRun(study, context);
  addStudyStatus(study, context);
  addStudyReport(study, context);
}
