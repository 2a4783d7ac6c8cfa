import { CodejuryError } from '../../src/errors.ts';
import { resolveHome } from '../../src/io/home.ts';
import { createModelStore } from '../../src/models/model-store.ts';

/** The embedded default: its file, or why it is not to be had here. */
export type RealModel =
  | { readonly path: string; readonly sha256: string; readonly reason: null }
  | { readonly path: null; readonly sha256: null; readonly reason: string };

/** The file of `smollm2-135m` from the cache, fetched if that is possible. */
export async function findRealModel(): Promise<RealModel> {
  const store = createModelStore({ modelsDir: resolveHome(process.env).modelsDir, env: process.env });
  try {
    const { path, sha256 } = await store.ensure('smollm2-135m');
    return { path, sha256, reason: null };
  } catch (error) {
    if (error instanceof CodejuryError) {
      return {
        path: null,
        sha256: null,
        reason: `smollm2-135m is not here and cannot be fetched: ${error.message}`,
      };
    }
    throw error;
  }
}
