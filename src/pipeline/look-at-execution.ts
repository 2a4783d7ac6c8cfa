import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { DoctorReport, Finding } from '../contracts/doctor-report.ts';
import { mountedCgroupVersion } from '../execute/cgroup.ts';
import { describeLanguages } from '../execute/describe-languages.ts';
import { defaultLimits } from '../execute/limits.ts';
import { type SandboxTrial, tryEverySandbox } from '../execute/open-sandbox.ts';
import type { Environment } from '../io/environment.ts';

type ExecutionReport = Pick<
  DoctorReport,
  'sandbox' | 'sandboxes' | 'protections' | 'cgroupVersion' | 'limits' | 'languages'
>;

/** Which sandboxes work here, what the first of them contains, and which languages' candidates run in it. */
export async function lookAtExecution(
  env: Environment,
  languages: readonly CustomLanguage[],
): Promise<ExecutionReport> {
  const trials = await tryEverySandbox(env);
  const first = trials.find(({ sandbox }) => sandbox !== null);
  const sandbox = first?.sandbox ?? null;
  const reports = sandbox === null ? [] : await describeLanguages(sandbox, languages);
  return {
    sandbox: {
      name: 'sandbox',
      ok: sandbox !== null,
      detail:
        first === undefined
          ? 'none works here: generated code cannot be run safely'
          : `${first.name} runs generated code`,
      hint: first === undefined ? 'make one of these work, or accept the risk with `--sandbox none`' : null,
    },
    sandboxes: trials.map((trial) => findingOf(trial)),
    protections: sandbox?.protections ?? [],
    cgroupVersion: mountedCgroupVersion(),
    limits: defaultLimits,
    languages: reports.map(({ language, runs, detail, hint, limits }) => ({
      name: language,
      ok: runs,
      detail,
      hint,
      limits,
    })),
  };
}

function findingOf({ name, refusal }: SandboxTrial): Finding {
  return {
    name,
    ok: refusal === null,
    detail: refusal?.message ?? 'works',
    hint: refusal?.hint ?? null,
  };
}
