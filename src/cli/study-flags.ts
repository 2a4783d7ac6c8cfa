import type { Command } from 'commander';
import type { StudyRun } from '../pipeline/study/study-run.ts';
import type { CliContext } from './cli-context.ts';
import { addSandboxFlags } from './flags.ts';

/** Of every command about a study. */
export interface StudyFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/** Of those that may run something. */
export interface RunningFlags extends StudyFlags {
  readonly workers?: string;
  readonly limit?: string[];
  readonly sandbox: string;
  readonly offline?: boolean;
  readonly quiet?: boolean;
}

export function addStudyFlags(command: Command): Command {
  return command
    .argument('<study.yaml>', 'what is measured')
    .option('--out <folder>', "where everything is kept (default: the study's name beside its file)")
    .option('--json', 'print one JSON document');
}

export function addRunningFlags(command: Command): Command {
  return addSandboxFlags(addStudyFlags(command))
    .option('--workers <n>', 'candidates executed at once (default: one for each core that models leave)')
    .option('--offline', 'never download')
    .option('--quiet', 'no progress');
}

/** @throws {CodejuryError} as readStudy; `usage` for a flag. */
export async function studyOf(
  file: string,
  flags: StudyFlags & Partial<RunningFlags>,
  { signal }: CliContext,
): Promise<StudyRun> {
  const [{ readStudy, studyFolder }, { executionSettings }] = await Promise.all([
    import('../pipeline/study/read-study.ts'),
    import('./execution-settings.ts'),
  ]);
  const source = await readStudy(file);
  const { workers, sandbox } = await executionSettings({ ...flags, sandbox: flags.sandbox ?? 'auto' });
  return {
    ...source,
    out: flags.out ?? studyFolder(file),
    ...{ workers, sandbox },
    offline: flags.offline === true,
    env: process.env,
    signal,
  };
}
