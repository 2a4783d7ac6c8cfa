import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';
import { addRunningFlags, type RunningFlags, studyOf } from '../study-flags.ts';

interface PlanFlags extends RunningFlags {
  readonly pilot: boolean;
  readonly pilotTasks: string;
}

/** `codejury study plan`: what a study will take. */
export function addStudyPlan(study: Command, context: CliContext): void {
  addRunningFlags(
    study
      .command('plan')
      .description('what a study will take: counts, hours on this machine, dollars for paid servers'),
  )
    .option('--no-pilot', 'run nothing: counts, and the rates of what ran before')
    .option('--pilot-tasks <n>', 'tasks on which unknown rates are measured', '3')
    .action(async (file: string, flags: PlanFlags) => {
      const [{ planStudy }, { positiveInteger }, { openStudyProgress }, { studyPlanReport }, { plural }] =
        await Promise.all([
          import('../../pipeline/study/plan/plan-study.ts'),
          import('../execution-settings.ts'),
          import('../render/study-progress.ts'),
          import('../render/study-plan-report.ts'),
          import('../render/table.ts'),
        ]);
      const pilotTasks = positiveInteger('--pilot-tasks', flags.pilotTasks);
      const run = await studyOf(file, flags, context);
      const progress = openStudyProgress(process.stderr, {
        quiet: flags.quiet === true,
        signal: context.signal,
      });
      try {
        const plan = await planStudy({
          ...run,
          pilotTasks: flags.pilot ? pilotTasks : 0,
          onPilot: (tasks) =>
            progress.note(
              `a pilot of ${plural(tasks, 'task')} measures rates; the study finds on record what it computes`,
            ),
          onEvent: progress.onEvent,
        });
        progress.done();
        printResult(flags.json, plan, () => studyPlanReport(plan));
      } finally {
        progress.done();
      }
    });
}
