import path from 'node:path';
import { type Environment, environmentValue, homeFolder } from './environment.ts';

/** Where codejury keeps what it downloaded and computed; absolute paths, none of them created here. */
export interface Home {
  readonly cacheDir: string;
  readonly modelsDir: string;
  /** The SQLite file with everything that was generated, executed and judged. */
  readonly resultsPath: string;
}

/**
 * `CODEJURY_HOME` if set, else the platform's cache folder: `$XDG_CACHE_HOME/codejury` or `~/.cache/codejury`,
 * `~/Library/Caches/codejury` on macOS, `%LOCALAPPDATA%\codejury\Cache` on Windows. `CODEJURY_MODELS` moves the models
 * alone. Relative values of the two are taken from the working folder; a relative XDG_CACHE_HOME is ignored, as its
 * specification demands.
 */
export function resolveHome(env: Environment, platform: NodeJS.Platform = process.platform): Home {
  const own = environmentValue(env, 'CODEJURY_HOME');
  const cacheDir = own === null ? platformCacheFolder(env, platform) : path.resolve(own);
  const models = environmentValue(env, 'CODEJURY_MODELS');
  return {
    cacheDir,
    modelsDir: models === null ? path.join(cacheDir, 'models') : path.resolve(models),
    resultsPath: path.join(cacheDir, 'results.sqlite'),
  };
}

function platformCacheFolder(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    const local = environmentValue(env, 'LOCALAPPDATA') ?? path.join(homeFolder(env), 'AppData', 'Local');
    return path.join(local, 'codejury', 'Cache');
  }
  if (platform === 'darwin') return path.join(homeFolder(env), 'Library', 'Caches', 'codejury');
  const xdg = environmentValue(env, 'XDG_CACHE_HOME');
  const base = xdg !== null && path.isAbsolute(xdg) ? xdg : path.join(homeFolder(env), '.cache');
  return path.join(base, 'codejury');
}
