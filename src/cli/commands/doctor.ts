import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { collect } from '../flags.ts';

interface DoctorFlags {
  readonly json?: boolean;
  readonly server?: string;
  readonly model?: string;
  readonly apiKeyEnv: string;
  readonly languageFile?: string[];
  readonly sandbox: string;
}

/** `codejury doctor`: what works on this machine, or what a server can do. */
export function addDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('what works on this machine; with --server, what a model server can do')
    .option('--server <url>', 'an OpenAI-compatible server, e.g. http://127.0.0.1:8080/v1')
    .option('--model <name>', 'the model to ask there; otherwise the first it lists')
    .option('--api-key-env <name>', 'environment variable with the key', 'OPENAI_API_KEY')
    .option('--language-file <file>', 'a private language: does its runner work? May be repeated', collect)
    .option('--sandbox <kind>', 'look into this one: auto, bubblewrap, docker, podman, none', 'auto')
    .option('--json', 'print one JSON document')
    .action(async (flags: DoctorFlags) => {
      const { doctorReport, serverReport } = await import('../render/doctor-report.ts');
      if (flags.server !== undefined) {
        const { inspectServer } = await import('../../pipeline/inspect-server.ts');
        const report = await inspectServer({
          baseUrl: flags.server,
          model: flags.model ?? null,
          apiKeyEnv: flags.apiKeyEnv,
          env: process.env,
          signal: context.signal,
        });
        process.stdout.write(`${flags.json ? JSON.stringify(report, null, 2) : serverReport(report)}\n`);
        context.setStatus(report.reachable ? 0 : 1);
        return;
      }
      const { runDoctor } = await import('../../pipeline/run-doctor.ts');
      const { languagesOf } = await import('../execution-settings.ts');
      const languages = await languagesOf(flags.languageFile ?? []);
      const report = await runDoctor(process.env, context.signal, { languages, sandbox: flags.sandbox });
      process.stdout.write(`${flags.json ? JSON.stringify(report, null, 2) : doctorReport(report)}\n`);
    });
}
