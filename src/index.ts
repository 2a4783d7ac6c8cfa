/** Public API: what the command line does, as functions. Everything else may change between minor versions. */
export type { Candidate, Rejection, RejectionReason } from './contracts/candidate.ts';
export type { CustomLanguage } from './contracts/custom-language.ts';
export type { DoctorReport, Finding } from './contracts/doctor-report.ts';
export type { Execution, Feedback, Outcome } from './contracts/execution.ts';
export { type JudgeProfile, judgeProfileSchema } from './contracts/judge-profile.ts';
export type { JudgedFile, JudgeResult } from './contracts/judge-result.ts';
export type { RankComparison, RankResult, RankRow } from './contracts/rank-result.ts';
export type { FinishReason, Sample } from './contracts/sample.ts';
export type { Selection } from './contracts/selection.ts';
export type { JudgedCandidate, RankedBy, SolveResult, TieBreak, Trace } from './contracts/solve-result.ts';
export { type Task, type TestProgram, taskSchema } from './contracts/task.ts';
export { type TeamConfig, teamConfigSchema } from './contracts/team.ts';
export type { Verdict } from './contracts/verdict.ts';
export { CodejuryError, type ErrorCode } from './errors.ts';
export type {
  ChatMessage,
  Label,
  LabelRequest,
  LabelScores,
  LanguageModel,
  Prompt,
  SampledText,
  SampleRequest,
  TextScore,
  TextScoreRequest,
} from './lm/language-model.ts';
export { openLlamaModel } from './lm/llama/open-llama-model.ts';
export { openOpenaiModel } from './lm/openai/open-openai-model.ts';
export { inspectServer, type ServerReport } from './pipeline/inspect-server.ts';
export { type ModelStore, openModelStore } from './pipeline/manage-models.ts';
export { type ModelEvents, type ModelOpener, openModelOpener } from './pipeline/open-model.ts';
export { type OpenTeam, openTeam } from './pipeline/open-team.ts';
export type { OpenWriter } from './pipeline/open-writer.ts';
export { type RunRankOptions, runRank } from './pipeline/rank/run-rank.ts';
export { readTeam, type TeamOverrides, type TeamSource } from './pipeline/read-team.ts';
export { runDoctor } from './pipeline/run-doctor.ts';
export { type RunJudgeOptions, runJudge } from './pipeline/run-judge.ts';
export { type RunSolveOptions, runSolve } from './pipeline/run-solve.ts';
export type { OnSolveEvent, SolveEvent } from './pipeline/solve-events.ts';
export type { SolveOptions } from './pipeline/solve-run.ts';
export { solveTask } from './pipeline/solve-task.ts';
export { noResultCache, openResultCache, type ResultCache } from './store/result-cache.ts';
export { adhocTask } from './tasks/adhoc-task.ts';
export { listBundledTasks } from './tasks/bundled-tasks.ts';
export { loadTaskFile } from './tasks/load-task-file.ts';
