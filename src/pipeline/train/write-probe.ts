import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import type { Probe } from '../../contracts/probe.ts';
import { hashFile } from '../../io/hash-file.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import type { LoadedProbe } from '../../judge/probe-strategy.ts';
import type { FittedProbe } from './compare-probes.ts';
import type { TrainOptions } from './train-options.ts';

export const PROBE_FILE = 'probe.json';
const ADAPTER_FILE = 'adapter.gguf';

/** Writes the file `probe.json` of a judge. */
export async function writeProbe(
  { layer, pooling, fit, second }: FittedProbe,
  out: string,
): Promise<LoadedProbe> {
  const { coefficients, intercept } = fit;
  const probe: Probe = {
    layer,
    pooling,
    coefficients: [...coefficients],
    intercept,
    likelihood: second?.level ?? null,
  };
  const file = join(out, PROBE_FILE);
  await mkdir(out, { recursive: true });
  await writeFileAtomically(file, `${JSON.stringify(probe)}\n`);
  return { probe, digest: await hashFile(file) };
}

/** Copies the adapter a probe was trained beside into the judge's folder, so that the judge is whole. */
export async function writeProbeAdapter({
  adapter,
  out,
  signal,
}: Pick<TrainOptions, 'adapter' | 'out' | 'signal'>): Promise<
  Pick<JudgeProfile, 'adapter' | 'adapterDigest'>
> {
  if (adapter === null) return { adapter: null, adapterDigest: null };
  await mkdir(out, { recursive: true });
  const file = join(out, ADAPTER_FILE);
  if (resolve(adapter) !== resolve(file)) await copyFile(adapter, file);
  return { adapter: ADAPTER_FILE, adapterDigest: await hashFile(file, { signal }) };
}
