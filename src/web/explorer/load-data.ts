import type { ExplorerData } from '../../contracts/explorer-data.ts';

/** JSON that was compressed by gzip and written in base64. */
export async function loadData(base64: string): Promise<ExplorerData> {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).json();
}
