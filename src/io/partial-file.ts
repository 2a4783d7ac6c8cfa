import { readFile, rm, stat } from 'node:fs/promises';
import { errorCode } from './error-code.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** What is known of the content whose beginning lies in a partial file. */
interface PartialState {
  /** Names the content whatever server sends it (a hub's content digest); null when nobody says. */
  readonly identity: string | null;
  /** The strong ETag of the server that sent the bytes, with its quotes; null without one. */
  readonly etag: string | null;
  readonly totalBytes: number | null;
}

/** A download under way: `FILE.partial` with the bytes and `FILE.partial.json` with what they are. */
export interface PartialFile {
  readonly path: string;
  /** Null when there is nothing, or nothing that can be continued. */
  readonly read: () => Promise<{ readonly bytes: number; readonly state: PartialState } | null>;
  readonly writeState: (state: PartialState) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The partial file of a destination; nothing is touched yet. */
export function partialFileOf(destination: string): PartialFile {
  const path = `${destination}.partial`;
  const statePath = `${path}.json`;
  return {
    path,
    read: async () => {
      try {
        const { size } = await stat(path);
        const state = parseState(await readFile(statePath, 'utf8'));
        return state === null ? null : { bytes: size, state };
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null;
        throw error;
      }
    },
    writeState: (state) => writeFileAtomically(statePath, JSON.stringify(state)),
    remove: async () => {
      await rm(path, { force: true });
      await rm(statePath, { force: true });
    },
  };
}

function parseState(text: string): PartialState | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { identity, etag, totalBytes } = value as Record<string, unknown>;
    return {
      identity: typeof identity === 'string' ? identity : null,
      etag: typeof etag === 'string' ? etag : null,
      totalBytes: typeof totalBytes === 'number' ? totalBytes : null,
    };
  } catch {
    // Not ours, or damaged: the download starts anew.
    return null;
  }
}
