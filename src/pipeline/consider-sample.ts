import { type CleanedText, cleanText } from '../clean/clean-text.ts';
import type { Candidate, Rejection } from '../contracts/candidate.ts';
import type { Sample } from '../contracts/sample.ts';
import { passGates } from './gates.ts';
import type { OpenWriter } from './open-writer.ts';
import { type Evidence, evidenceKey, type SolveRun } from './solve-run.ts';
import { continuedText } from './writer-request.ts';

export interface Considered {
  readonly evidence: Evidence;
  /** Gates and judgement of a new candidate, under way; null when there is nothing to do. */
  readonly work: Promise<void> | null;
}

/**
 * Cleans one sample and adds it to the pool. A distinct candidate that was not rejected goes through the gates and to
 * the judges once; a duplicate only adds its vote.
 */
export async function considerSample(run: SolveRun, writer: OpenWriter, sample: Sample): Promise<Considered> {
  const { task, team, language, ledger, evidence, options } = run;
  const startedAtMs = performance.now();
  const cleaned = await cleanText({
    task: { ...task, prompt: continuedText(task, language, writer) },
    language,
    text: sample.text,
    form: writer.promptKind,
    options: { asciiOnly: team.config.asciiOnly, dedupe: team.config.dedupe },
  });
  const { candidate } = run.pool.add(sample.index, { ...cleaned, rejected: rejectionOf(run, cleaned) });
  ledger.spent('clean', startedAtMs);

  const key = evidenceKey(candidate);
  const known = evidence.get(key);
  if (known) {
    known.meanLogProbability = maximum(known.meanLogProbability, sample.meanLogProbability);
    return { evidence: known, work: null };
  }
  const entry: Evidence = {
    generator: writer.model.name,
    renamedFrom: cleaned.renamedFrom,
    rejected: candidate.rejected,
    execution: null,
    panel: null,
    meanLogProbability: sample.meanLogProbability,
  };
  evidence.set(key, entry);
  options.onEvent?.({ kind: 'candidate', id: candidate.id, rejected: candidate.rejected?.reason ?? null });
  return {
    evidence: entry,
    work: candidate.rejected === null ? examine(run, candidate, entry) : null,
  };
}

function rejectionOf({ task, team }: SolveRun, { rejected, named }: CleanedText): Rejection | null {
  // Completeness is the gate "parse": a team without that gate judges what it got.
  if (rejected?.reason === 'incomplete' && !team.config.gates.includes('parse')) {
    return null;
  }
  // Nobody could call it by the name that was asked for, and no test would pass.
  if (rejected === null && !named) {
    return {
      reason: 'wrong-name',
      detail: `it does not define ${task.entryPoint ?? 'the function of the signature'}`,
    };
  }
  return rejected;
}

/** Gates, then judges. */
async function examine(run: SolveRun, candidate: Candidate, entry: Evidence): Promise<void> {
  const { task, team, options, ledger, signal } = run;
  const gate = await run.gateLimit(async () => {
    const startedAtMs = performance.now();
    const { gates } = team.config;
    const { executor } = options;
    const result = await passGates({ task, candidate, gates, executor, signal });
    ledger.spent('gate', startedAtMs);
    return result;
  });
  entry.execution = gate.execution;
  entry.rejected = gate.rejected;
  if (gate.rejected !== null) {
    options.onEvent?.({ kind: 'candidate', id: candidate.id, rejected: gate.rejected.reason });
  } else if (team.judges.length > 0) {
    entry.panel = await run.panel(task, candidate);
    for (const verdict of entry.panel.verdicts) {
      options.onEvent?.({ kind: 'verdict', verdict });
    }
  }
}

function maximum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
