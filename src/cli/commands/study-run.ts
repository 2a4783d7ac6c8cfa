import type { Command } from 'commander';
import type { StudyRun } from '../../pipeline/study/study-run.ts';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';
import type { StudyProgress } from '../render/study-progress.ts';
import { addRunningFlags, type RunningFlags, studyOf } from '../study-flags.ts';

interface RunFlags extends RunningFlags {
  readonly yes?: boolean;
}

/** `codejury study run` and `resume`: what is not finished. */
export function addStudyRun(study: Command, context: CliContext): void {
  for (const [name, description] of [
    ['run', 'run what is not finished of a study; after a kill the same command goes on'],
    ['resume', 'the same as run, of a study that was begun'],
  ] as const) {
    addRunningFlags(study.command(name).description(description))
      .option('--yes', "run it though it takes more than the study's askAbove")
      .action((file: string, flags: RunFlags) => run(name, file, flags, context));
  }
}

async function run(
  name: 'run' | 'resume',
  file: string,
  flags: RunFlags,
  context: CliContext,
): Promise<void> {
  const [{ runStudy }, { studyGist }, { studyReport }, { openStudyProgress }] = await Promise.all([
    import('../../pipeline/study/run-study.ts'),
    import('../../pipeline/study/study-gist.ts'),
    import('../render/study-report.ts'),
    import('../render/study-progress.ts'),
  ]);
  const study = await studyOf(file, flags, context);
  if (flags.yes !== true) await askWhetherToRun(study);
  const progress = openStudyProgress(process.stderr, {
    quiet: flags.quiet === true,
    signal: context.signal,
  });
  try {
    if (name === 'resume') await tellOfBeginning(study, progress);
    const { report, written } = await runStudy({ ...study, onEvent: progress.onEvent });
    progress.done();
    printResult(flags.json, report, () => studyReport(studyGist(report), written));
  } catch (error) {
    progress.done();
    if (context.signal.aborted) {
      progress.note('interrupted: what is finished is on record, the same command goes on');
    }
    throw error;
  } finally {
    progress.done();
  }
}

/**
 * Asks before a study that takes more than its limits, as far as that is known without running anything.
 *
 * @throws {CodejuryError} `usage` where nobody can be asked; `aborted` for a no.
 */
async function askWhetherToRun(study: StudyRun): Promise<void> {
  const { planIfKnown } = await import('../../pipeline/study/plan/plan-study.ts');
  const plan = await planIfKnown(study);
  if (plan === null || plan.above.length === 0) return;
  const [{ openConversation }, { totalLine }, { CodejuryError }, { visibleLine }] = await Promise.all([
    import('../ask-on-terminal.ts'),
    import('../render/study-plan-report.ts'),
    import('../../errors.ts'),
    import('../../util/visible-text.ts'),
  ]);
  const { hours, dollars } = plan.askAbove;
  const limits = plan.above.map((of) => (of === 'hours' ? `${hours} hours` : `${dollars} dollars`));
  const takes = `${plan.name} takes ${totalLine(plan.total)}: more than ${limits.join(' and ')} (askAbove)`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CodejuryError('usage', takes, {
      hint: '--yes runs it; `codejury study plan` says stage by stage what it takes',
    });
  }
  const conversation = openConversation(process.stdin, process.stderr, study.signal);
  try {
    const answer = await conversation.ask({
      text: `${visibleLine(takes)}. Run it, yes or no?`,
      default: 'no',
      faultOf: (text) => (/^(?:y|yes|n|no)$/i.test(text) ? null : 'expected yes or no'),
    });
    if (!/^y/i.test(answer)) throw new CodejuryError('aborted', 'not run');
  } finally {
    conversation.close();
  }
}

async function tellOfBeginning(study: StudyRun, progress: StudyProgress): Promise<void> {
  const { readStudyStatus } = await import('../../pipeline/study/study-status.ts');
  const { state } = await readStudyStatus(study);
  if (state === 'new') progress.note(`nothing was begun in ${study.out}: it is run from the start`);
}
