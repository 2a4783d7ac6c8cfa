import type { Command } from 'commander';
import type { TrainOptions, TrainResult } from '../../pipeline/train/train-options.ts';
import type { CliContext } from '../cli-context.ts';
import { givenFlags } from '../given-flags.ts';
import type { importOptions, trainOptions } from '../parse-train-flags.ts';
import { printResult } from '../print-result.ts';
import { refuseUnusedTrainFlags } from '../refuse-unused-train-flags.ts';
import { addTrainFlags, type TrainFlags } from '../train-flags.ts';

/** `codejury train`: a judge out of a dataset. */
export function addTrain(program: Command, context: CliContext): void {
  addTrainFlags(
    program.command('train').description('train a judge (or adapt a generator) on a dataset'),
  ).action(async (flags: TrainFlags, command: Command) => {
    const [{ openProgress }, { trainStatus }, { trainReport, setupReport }, { downloadStatus }] =
      await Promise.all([
        import('../render/progress-line.ts'),
        import('../render/train-status.ts'),
        import('../render/train-report.ts'),
        import('../render/download-status.ts'),
      ]);
    const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
    const status = trainStatus(progress);
    const shared = {
      env: process.env,
      signal: context.signal,
      onProgress: status.update,
      onDownload: (name: string, event: Parameters<typeof downloadStatus>[1]) =>
        progress.status(downloadStatus(name, event)),
      onNotice: (text: string) => progress.note(text),
    };
    try {
      const asked = flags.setup === true ? null : await parse(flags);
      refuseUnusedTrainFlags(givenFlags(command), flags);
      if (asked === null) {
        const { setUpTrainer } = await import('../../pipeline/train/set-up-trainer.ts');
        const setup = await setUpTrainer(shared);
        progress.done();
        printResult(flags.json, setup, () => setupReport(setup));
        return;
      }
      const result = await dispatch(asked, shared);
      progress.done();
      printResult(flags.json, result, () => trainReport(result));
    } catch (error) {
      progress.done();
      if (context.signal.aborted) status.interrupted();
      throw error;
    } finally {
      progress.done();
    }
  });
}

type Shared = Pick<TrainOptions, 'env' | 'signal' | 'onProgress' | 'onDownload' | 'onNotice'>;

type Asked = ReturnType<typeof importOptions> | ReturnType<typeof trainOptions>;

async function parse(flags: TrainFlags): Promise<Asked> {
  const { trainOptions, importOptions } = await import('../parse-train-flags.ts');
  return flags.import === undefined ? trainOptions(flags) : importOptions(flags);
}

async function dispatch(asked: Asked, shared: Shared): Promise<TrainResult> {
  if ('folder' in asked) {
    const { importTraining } = await import('../../pipeline/train/import-training.ts');
    return importTraining({ ...asked, ...shared });
  }
  const options = { ...asked, ...shared };
  if (options.method === 'probe') {
    const { runTrainProbe } = await import('../../pipeline/train/run-train-probe.ts');
    return runTrainProbe(options);
  }
  const { runTrain } = await import('../../pipeline/train/run-train.ts');
  return runTrain(options);
}
