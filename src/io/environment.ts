import os from 'node:os';

/** Environment variables, passed in so that nothing reads the process's own behind a caller's back. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable's value; null when unset, empty or only spaces (`FOO= codejury …` means unset). */
export function environmentValue(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

/** True for the spellings that Python tools take for yes: 1, true, yes, on, in any case. */
export function environmentFlag(env: Environment, name: string): boolean {
  return /^(1|true|yes|on)$/i.test(environmentValue(env, name) ?? '');
}

/** The user's home folder as the environment says it (HOME, then USERPROFILE), else as the system says it. */
export function homeFolder(env: Environment): string {
  return environmentValue(env, 'HOME') ?? environmentValue(env, 'USERPROFILE') ?? os.homedir();
}
