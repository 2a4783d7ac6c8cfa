import type { Environment } from '../io/environment.ts';
import { resolveHome } from '../io/home.ts';
import { createModelStore, type ModelStore } from '../models/model-store.ts';

/** The models folder of this user. */
export function openModelStore(env: Environment): ModelStore {
  return createModelStore({ modelsDir: resolveHome(env).modelsDir, env });
}

export type { ModelStore };
