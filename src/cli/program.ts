import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CliContext } from './cli-context.ts';
import { addDataset } from './commands/dataset.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEnsemble } from './commands/ensemble.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addExecute } from './commands/execute.ts';
import { addInit } from './commands/init.ts';
import { addJudge } from './commands/judge.ts';
import { addModels } from './commands/models.ts';
import { addRank } from './commands/rank.ts';
import { addSolve } from './commands/solve.ts';
import { addStudy } from './commands/study.ts';
import { addTasks } from './commands/tasks.ts';
import { addTrain } from './commands/train.ts';

/** The command line. Each command imports its work only when it runs. */
export function buildProgram(context: CliContext): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('codejury')
    .description('A team of small language models writes code: a generator proposes, judges choose.')
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride();
  addSolve(program, context);
  addJudge(program, context);
  addExecute(program, context);
  addTasks(program, context);
  addDataset(program, context);
  addEvaluate(program, context);
  addRank(program, context);
  addEnsemble(program);
  addTrain(program, context);
  addStudy(program, context);
  addInit(program, context);
  addModels(program, context);
  addDoctor(program, context);
  return program;
}
