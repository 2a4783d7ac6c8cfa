import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Environment, environmentValue, homeFolder } from '../io/environment.ts';
import { errorCode } from '../io/error-code.ts';

/** The hub client's cache: HF_HUB_CACHE, HF_HOME/hub, XDG_CACHE_HOME/huggingface/hub or ~/.cache/huggingface/hub. */
export function hubCacheFolder(env: Environment): string {
  const own = environmentValue(env, 'HF_HUB_CACHE') ?? environmentValue(env, 'HUGGINGFACE_HUB_CACHE');
  if (own !== null) return path.resolve(own);
  const cache = environmentValue(env, 'XDG_CACHE_HOME') ?? path.join(homeFolder(env), '.cache');
  return path.join(environmentValue(env, 'HF_HOME') ?? path.join(cache, 'huggingface'), 'hub');
}

/** LM Studio's models folders: the one its settings name, and where it kept them by default over time. */
export async function lmStudioFolders(env: Environment): Promise<string[]> {
  const home = homeFolder(env);
  const chosen = await lmStudioDownloads(path.join(home, '.lmstudio', 'settings.json'));
  const usual = [path.join(home, '.lmstudio', 'models'), path.join(home, '.cache', 'lm-studio', 'models')];
  return [...new Set(chosen === null ? usual : [chosen, ...usual])];
}

/** Ollama's models folders: OLLAMA_MODELS, else the user's own and that of the Linux service. */
export function ollamaFolders(env: Environment): string[] {
  const own = environmentValue(env, 'OLLAMA_MODELS');
  if (own !== null) return [path.resolve(own)];
  return [path.join(homeFolder(env), '.ollama', 'models'), '/usr/share/ollama/.ollama/models'];
}

async function lmStudioDownloads(settings: string): Promise<string | null> {
  try {
    const value: unknown = JSON.parse(await readFile(settings, 'utf8'));
    const folder = (value as { downloadsFolder?: unknown } | null)?.downloadsFolder;
    return typeof folder === 'string' && path.isAbsolute(folder) ? folder : null;
  } catch (error) {
    // Another program's file: missing, unreadable or in a shape of its own, the usual folders remain.
    if (error instanceof SyntaxError || errorCode(error) !== null) return null;
    throw error;
  }
}
