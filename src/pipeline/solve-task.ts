import type { JudgedCandidate, SolveResult } from '../contracts/solve-result.ts';
import type { Task } from '../contracts/task.ts';
import { chooseCandidate } from './choose-candidate.ts';
import type { OpenTeam } from './open-team.ts';
import { rescoreCandidates } from './rescore-candidates.ts';
import { judgedCandidates, openRun, requestIn, type SolveOptions, type SolveRun } from './solve-run.ts';
import { writeCandidates } from './write-candidates.ts';

/**
 * The team solves one task: samples are cleaned in the order of their index, each distinct candidate passes the gates
 * and is judged once, while further samples are drawn; the best is selected. The same seed gives the same result but
 * for durations, with engines that honour seeds.
 *
 * @throws {CodejuryError} what models, engines and sandbox report; `aborted` when the signal fires. A candidate that
 *   fails is data.
 */
export async function solveTask(task: Task, team: OpenTeam, options: SolveOptions): Promise<SolveResult> {
  const run = openRun(task, team, options);
  const { samples } = team.config.generator;
  const drawn = await writeCandidates(
    run,
    team.writer,
    Array.from({ length: samples }, (_, index) => index),
  );
  let candidates = await scoredCandidates(run);
  let choice = chooseCandidate(candidates, team.config, team.judges.length > 0);
  const escalates = choice.selected === null && team.openEscalation !== null;
  if (escalates) {
    options.onEvent?.({ kind: 'escalating', model: team.config.escalateTo?.model ?? '' });
    await writeCandidates(run, await team.openEscalation(), [samples]);
    candidates = judgedCandidates(run);
    const answer = candidates.find(
      (candidate) => candidate.samples.includes(samples) && candidate.rejected === null,
    );
    choice = { ...choice, selected: answer ?? null, tieBrokenBy: null };
  }
  const { selected, rankedBy, tieBrokenBy } = choice;
  return {
    task: run.task,
    team: team.config,
    candidates,
    selected: selected && {
      candidateId: selected.id,
      code: selected.code,
      score: selected.score,
      rankedBy,
      tieBrokenBy,
    },
    abstained: selected === null,
    escalated: escalates,
    trace: run.ledger.close({
      seed: options.seed,
      requested: samples,
      drawn,
      candidates,
      judges: team.judges,
    }),
  };
}

async function scoredCandidates(run: SolveRun): Promise<readonly JudgedCandidate[]> {
  const candidates = judgedCandidates(run);
  const { writer, judges } = run.team;
  if (judges.length > 0) return candidates;
  const { prompt } = await requestIn(run, writer);
  return rescoreCandidates(candidates, writer, prompt, run.ledger, run.signal);
}
