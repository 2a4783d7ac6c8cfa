import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { resolveHome } from '../io/home.ts';
import { noResultCache, openResultCache, type ResultCache } from '../store/result-cache.ts';

/**
 * The results of earlier runs. A file that cannot be opened (another user's, damaged, on a read-only disk) costs their
 * reuse, not the run: it is told by a notice.
 */
export async function openCache(options: {
  readonly useCache: boolean;
  readonly env: Environment;
  readonly onNotice?: (text: string) => void;
}): Promise<ResultCache> {
  if (!options.useCache) {
    return noResultCache;
  }
  try {
    return await openResultCache(resolveHome(options.env).resultsPath);
  } catch (error) {
    if (!(error instanceof CodejuryError)) {
      throw error;
    }
    options.onNotice?.(`no results are reused or recorded: ${error.message}`);
    return noResultCache;
  }
}
