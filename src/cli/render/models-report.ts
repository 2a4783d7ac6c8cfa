import { formatBytes } from '../../io/format-bytes.ts';
import type { ModelStore } from '../../pipeline/manage-models.ts';
import { renderTable } from './table.ts';

type Stored = Awaited<ReturnType<ModelStore['list']>>[number];
type Scanned = Awaited<ReturnType<ModelStore['scan']>>[number];

/** One line a model: parameters, licence, whether it is here and whether its digest is known. */
export function modelsReport(models: readonly Stored[]): string {
  return renderTable(
    ['model', 'parameters', 'licence', 'here', 'size', 'digest'],
    models.map(({ reference, entry, state, sizeBytes, sha256 }) => [
      reference,
      entry === null ? '-' : billions(entry.parameters),
      entry?.licence ?? '-',
      state === 'ready' ? 'yes' : state === 'partial' ? 'partly' : '-',
      sizeBytes !== null
        ? formatBytes(sizeBytes)
        : entry?.sizeBytes != null
          ? `(${formatBytes(entry.sizeBytes)})`
          : '-',
      digestState(entry, sha256),
    ]),
  );
}

/** One line a file: tool, name, size, path, and the registered model it is, if any. */
export function scanReport(files: readonly Scanned[]): string {
  if (files.length === 0) {
    return 'no GGUF files of the hub cache, LM Studio or Ollama found';
  }
  return renderTable(
    ['tool', 'name', 'size', 'registered as', 'path'],
    files
      .filter((file) => file.isGguf)
      .map((file) => [
        file.tool,
        file.name,
        formatBytes(file.sizeBytes),
        file.registeredName ?? '-',
        file.path,
      ]),
  );
}

function digestState(entry: Stored['entry'], sha256: string | null): string {
  if (entry?.digestVerified) {
    return 'verified';
  }
  if (entry?.sha256 != null) {
    return 'published, not verified by us';
  }
  return sha256 === null ? 'unknown until first use' : 'recorded at first use';
}

function billions(parameters: number): string {
  return parameters >= 1e9
    ? `${(parameters / 1e9).toFixed(1).replace(/\.0$/, '')}B`
    : `${Math.round(parameters / 1e6)}M`;
}
