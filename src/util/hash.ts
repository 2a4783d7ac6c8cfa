import { createHash } from 'node:crypto';

/**
 * sha256 over the parts, hex, each part preceded by its byte length so that no two lists of parts collide by
 * concatenation.
 */
export function hashParts(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`);
    hash.update(part);
  }
  return hash.digest('hex');
}

/** Hash of any JSON value, independent of the order of object keys. */
export function hashJson(value: unknown): string {
  return hashParts(stableStringify(value));
}

/** A non-negative 31-bit integer from the parts: a seed that engines of all kinds accept. */
export function hashSeed(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hashParts(...parts.map(String)).slice(0, 8), 16) % 0x8000_0000;
}

function stableStringify(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === 'object' && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : entry,
  );
}
