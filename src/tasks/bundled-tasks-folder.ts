import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of the tasks that come with the package. `tasks/` is beside both `src/` and `dist/`, and this module sits
 * two folders below the package in either, so one relative path serves both. Symbolic links (`npm link`) are resolved.
 */
export function bundledTasksFolder(): string {
  const folder = fileURLToPath(new URL('../../tasks', import.meta.url));
  try {
    return realpathSync(folder);
  } catch {
    // An install without the folder: whoever reads it reports the path as it should be.
    return folder;
  }
}

/** The id of a bundled task from its path inside the folder: `python/clamp.yaml` is `python/clamp`. */
export function bundledIdOfPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/\.(?:ya?ml|json)$/i, '');
}
