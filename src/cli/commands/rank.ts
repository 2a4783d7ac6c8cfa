import type { Command } from 'commander';
import { refuseOverwriting } from '../../io/refuse-overwriting.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import type { CliContext } from '../cli-context.ts';
import type { ExecutionFlags } from '../execution-settings.ts';
import { addJudgeFlags, addSandboxFlags, collect, DEFAULT_SEED } from '../flags.ts';
import { printResult } from '../print-result.ts';
import type { TeamFlags } from '../team-overrides.ts';

interface RankFlags
  extends ExecutionFlags,
    Pick<TeamFlags, 'team' | 'profile' | 'judge' | 'method' | 'examples' | 'threads' | 'gpu'> {
  readonly tasks: string;
  readonly samples: string;
  readonly labels?: string;
  readonly ranker?: string[];
  readonly scores?: string;
  readonly generator?: string;
  readonly train?: string;
  readonly testSamples: string;
  readonly n: string;
  readonly repetitions: string;
  readonly seed: string;
  readonly maxTasks?: string;
  readonly dedupe: string;
  readonly out: string;
  readonly cache: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `codejury rank`: let rankers choose among samples, and compare how often what they chose passes. */
export function addRank(program: Command, context: CliContext): void {
  const ranking = program
    .command('rank')
    .description('let rankers choose among given samples, and compare how often their choice passes')
    .requiredOption('--tasks <file>', 'tasks: a benchmark file, a folder, or bundled[:language]')
    .requiredOption('--samples <file>', 'the pool: completions, answers or candidates as JSON lines')
    .option('--labels <file>', 'what `execute` wrote for these samples; for the report alone')
    .option(
      '--ranker <name>',
      'random, multiplicity, log-likelihood, shallow, coder-reviewer, coder-reviewer-mean, judge[:name], codet, behaviour-clusters[:name], scores[:file], or all; name: a profile, a team file or a model; may be repeated',
      collect,
    )
    .option('--team <file>', 'team file; its judges and its generator are asked');
  const command = addJudgeFlags(ranking)
    .option(
      '--scores <file>',
      'scores for the ranker scores: JSON lines of {sample | index | candidateId, score}',
    )
    .option('--generator <name|team.yaml>', "model of likelihoods and generated tests (default: the team's)")
    .option('--train <dataset>', 'what the ranker shallow learns from: its training tasks')
    .option('--test-samples <n>', 'codet, behaviour-clusters: samples of generated tests for a task', '10')
    .option(
      '--n <list>',
      'samples a draw, such as 10 or 2,5,10; smaller draws are parts of larger ones',
      '10',
    )
    .option('--repetitions <n>', 'draws of each task, each anew', '10')
    .option('--seed <n>', 'of the draws', DEFAULT_SEED)
    .option('--max-tasks <n>', 'only the first tasks that have samples')
    .option('--dedupe <rule>', 'tokens: equal but for comments and blanks is one candidate; exact', 'tokens')
    .requiredOption('--out <file.jsonl>', 'what was chosen, one line a draw and ranker')
    .option('--language-file <file>', 'a private language, may be repeated', collect)
    .option('--threads <n>', 'CPU threads for each embedded model')
    .option('--gpu <kind>', 'off, auto, cuda, vulkan or metal');
  addSandboxFlags(command)
    .option('--no-cache', 'do not reuse or record results')
    .option('--offline', 'never download')
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress')
    .action((flags: RankFlags) => rank(flags, context));
}

async function rank(flags: RankFlags, context: CliContext): Promise<void> {
  const [
    { runRank },
    settings,
    { openProgress, bar },
    { rankReport },
    { downloadStatus },
    { teamOverrides },
  ] = await Promise.all([
    import('../../pipeline/rank/run-rank.ts'),
    import('../execution-settings.ts'),
    import('../render/progress-line.ts'),
    import('../render/rank-report.ts'),
    import('../render/download-status.ts'),
    import('../team-overrides.ts'),
  ]);
  const { executionSettings, naturalNumber, oneOf, positiveInteger } = settings;
  await requireFolderOf('--out', flags.out);
  await refuseOverwriting(
    { '--out': flags.out },
    {
      '--tasks': flags.tasks,
      '--samples': flags.samples,
      '--labels': flags.labels,
      '--scores': flags.scores,
      '--team': flags.team,
      '--train': flags.train,
      '--profile': flags.profile,
    },
  );
  const { languages, limits, sandbox } = await executionSettings(flags);
  // In a team, `samples` is their number.
  const { samples, ...team } = flags;
  const progress = openProgress(process.stderr, { quiet: flags.quiet === true });
  try {
    const result = await runRank({
      tasks: flags.tasks,
      samples,
      labels: flags.labels ?? null,
      rankers: flags.ranker ?? ['judge'],
      scores: flags.scores ?? null,
      teamFile: flags.team ?? null,
      overrides: teamOverrides(team),
      generator: flags.generator ?? null,
      train: flags.train ?? null,
      testSamples: positiveInteger('--test-samples', flags.testSamples),
      sizes: sizesOf(flags.n, positiveInteger),
      repetitions: positiveInteger('--repetitions', flags.repetitions),
      seed: naturalNumber('--seed', flags.seed),
      maxTasks: flags.maxTasks === undefined ? null : positiveInteger('--max-tasks', flags.maxTasks),
      dedupe: oneOf('--dedupe', flags.dedupe, ['tokens', 'exact']),
      out: flags.out,
      languages,
      limits,
      sandbox,
      useCache: flags.cache,
      offline: flags.offline === true,
      env: process.env,
      signal: context.signal,
      onProgress: (what, done, total) =>
        progress.status(
          total === null ? `${what}: ${done}` : `${bar(done, total)} ${what}: task ${done} of ${total}`,
        ),
      onDownload: (name, event) => progress.status(downloadStatus(name, event)),
      onNotice: (text) => progress.note(text),
    });
    progress.done();
    printResult(flags.json, result, () => rankReport(result));
  } finally {
    progress.done();
  }
}

/** Ascending, each once. */
function sizesOf(text: string, positiveInteger: (flag: string, text: string) => number): number[] {
  const sizes = text.split(',').map((part) => positiveInteger('--n', part));
  return [...new Set(sizes)].sort((a, b) => a - b);
}
