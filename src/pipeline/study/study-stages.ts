import { choiceStage } from './choice-stage.ts';
import { evaluationStage } from './evaluation-stage.ts';
import { sampleStage } from './sample-stage.ts';
import type { Stage } from './stage.ts';
import type { StudyRun } from './study-run.ts';
import { taskStage } from './task-stage.ts';
import { verdictStage } from './verdict-stage.ts';

/** The stages of a study, each after those it needs. */
export function studyStages(study: StudyRun): readonly Stage[] {
  const { generators, largeModels, judges } = study.config;
  return [
    taskStage(study),
    ...[...generators, ...largeModels].map((writer) => sampleStage(study, writer)),
    ...(judges.length === 0 ? [] : generators.map((writer) => verdictStage(study, writer))),
    ...generators.map((writer) => choiceStage(study, writer)),
    ...generators.map((writer) => evaluationStage(study, writer)),
  ];
}
