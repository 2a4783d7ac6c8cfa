import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { DoctorReport, Finding } from '../contracts/doctor-report.ts';
import { describeLanguages } from '../execute/describe-languages.ts';
import { defaultLimits } from '../execute/limits.ts';
import { mountedCgroupVersion } from '../execute/sandbox/cgroup.ts';
import {
  openSandbox,
  type SandboxChoice,
  type SandboxTrial,
  tryEverySandbox,
} from '../execute/sandbox/open-sandbox.ts';
import type { Sandbox } from '../execute/sandbox/sandbox.ts';
import type { Environment } from '../io/environment.ts';

type ExecutionReport = Pick<
  DoctorReport,
  'sandbox' | 'sandboxes' | 'protections' | 'cgroupVersion' | 'limits' | 'languages'
>;

/**
 * Which sandboxes work here, what the chosen one contains (`auto`: the first that works), and which languages' candidates run in it.
 *
 * @throws {CodejuryError} `sandbox` for `none` on Windows
 */
export async function lookAtExecution(
  env: Environment,
  choice: SandboxChoice,
  languages: readonly CustomLanguage[],
): Promise<ExecutionReport> {
  const trials = await tryEverySandbox(env);
  const chosen = trials.find(({ name, sandbox }) => (choice === 'auto' ? sandbox !== null : name === choice));
  const sandbox = choice === 'none' ? await openSandbox('none', env) : (chosen?.sandbox ?? null);
  const reports = sandbox === null ? [] : await describeLanguages(sandbox, languages);
  return {
    sandbox: sandboxFinding(sandbox, choice === 'auto' ? (chosen?.name ?? 'none') : choice),
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

function sandboxFinding(sandbox: Sandbox | null, name: SandboxChoice): Finding {
  if (sandbox?.kind === 'none') {
    return { name: 'sandbox', ok: false, detail: 'none: generated code would run unprotected', hint: null };
  }
  return sandbox === null
    ? {
        name: 'sandbox',
        ok: false,
        detail: `${name === 'none' ? 'none works' : `${name} does not work`} here: generated code cannot be run safely`,
        hint: 'make one of these work, or accept the risk with `--sandbox none`',
      }
    : { name: 'sandbox', ok: true, detail: `${name} runs generated code`, hint: null };
}

function findingOf({ name, refusal }: SandboxTrial): Finding {
  return {
    name,
    ok: refusal === null,
    detail: refusal?.message ?? 'works',
    hint: refusal?.hint ?? null,
  };
}
