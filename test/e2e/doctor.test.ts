import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorReport } from '../../src/contracts/doctor-report.ts';
import { describeSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
const bin = join(home, 'bin');
const program = (name: string, script: string) =>
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
beforeAll(() => {
  // Bubblewrap is started as nobody.
  chmodSync(home, 0o755);
  mkdirSync(bin);
  program('bwrap', 'echo "bwrap: No permissions to create new namespace" >&2; exit 1');
  // As podman says it of an image that is not there.
  program('podman', 'echo "Error: inspecting object: codejury-sandbox: image not known" >&2; exit 125');
  program('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const privateLanguage = resolve(import.meta.dirname, '../../examples/private-language/language.yaml');
const { kind, problem } = await describeSandbox(process.env);

describe('codejury doctor', () => {
  it('says why no sandbox works, and what each needs', async () => {
    const { status, stdout } = await runCodejury(['doctor'], { home, env: { PATH: bin } });
    expect(status).toBe(0);
    expect(stdout).toMatch(/- sandbox: none works here.*\n.*--sandbox none/);
    expect(stdout).toMatch(
      /- --sandbox bubblewrap: .*No permissions to create new namespace\n.*unprivileged user namespaces/,
    );
    expect(stdout).toMatch(/- --sandbox docker: docker does not answer: Cannot connect.*\n.*docker info/);
    expect(stdout).toMatch(
      /- --sandbox podman: podman has no image codejury-sandbox\n.*podman build -t codejury-sandbox .*container/,
    );
    expect(stdout).toContain('candidates of no language can be executed without a sandbox');
    const one = await runCodejury(['doctor', '--sandbox', 'docker'], { home, env: { PATH: bin } });
    expect(one.stdout).toMatch(/- sandbox: docker does not work here/);
  });

  it('lists every language with its programs, its limits, and what is missing', async ({ skip }) => {
    skip(problem !== null, problem ?? '');
    const args = ['doctor', '--json', '--language-file', privateLanguage];
    const { stdout } = await runCodejury(args, { home });
    const report = JSON.parse(stdout) as DoctorReport;
    expect(report.sandboxes.map(({ name }) => name)).toEqual(['bubblewrap', 'docker', 'podman']);
    expect(report.sandbox).toMatchObject({ ok: true });
    expect(report.protections.length).toBeGreaterThan(9);
    expect(report.limits).toMatchObject({ wallTimeMs: 15_000, memoryBytes: 1024 ** 3 });
    expect(report.languages.map(({ name }) => name)).toEqual([
      ...['rulescript', 'java', 'javascript', 'python', 'typescript', 'go', 'rust', 'cpp', 'lua', 'ruby'],
    ]);
    const versions: Readonly<Record<string, RegExp>> = {
      java: /^JDK \d+/,
      javascript: /^Node\.js \d+/,
      python: /^Python 3\.\d+\.\d+, \//,
      typescript: /^TypeScript \d|no compiler/,
      rulescript: /python3/,
    };
    for (const { name, ok, detail, hint } of report.languages) {
      if (ok) expect(detail, name).toMatch(versions[name] ?? /^\/\S+ \d+\.\d/);
      else expect(hint, `${name}: ${detail}`).not.toBeNull();
    }
    const cpp = report.languages.find(({ name }) => name === 'cpp');
    if (cpp?.ok) expect(cpp.limits).toEqual({ scratchBytes: 64 * 1024 ** 2, fileBytes: 32 * 1024 ** 2 });
  }, 60_000);

  it('says that a program in a folder of one user cannot be used', async ({ skip }) => {
    skip(kind !== 'bubblewrap' || process.getuid?.() !== 0, 'only root keeps folders from the sandbox');
    const own = mkdtempSync(join(home, 'own-'));
    writeFileSync(join(own, 'rules'), '#!/bin/sh\n', { mode: 0o755 });
    const described = readFileSync(privateLanguage, 'utf8')
      .replace('files: [rulescript.py]', 'files: []')
      .replace(/^ {2}run: .*$/m, `  run: ["${own}/rules", "-"]`);
    writeFileSync(join(own, 'language.yaml'), described);
    const { stdout } = await runCodejury(['doctor', '--language-file', join(own, 'language.yaml')], { home });
    expect(stdout).toMatch(
      /- rulescript: \S+\/rules: it lies where the sandbox's user cannot look\n.*for all users/,
    );
  }, 60_000);
});
