import type { CandidateTexts, ExplorerData, TaskFacts, TaskTexts } from '../../contracts/explorer-data.ts';
import type { Row } from './row.ts';

/** What is read of a candidate and of its task. */
export interface RowTexts {
  readonly task: TaskTexts;
  readonly candidate: CandidateTexts;
}

/** The data of a page: facts at once, texts when they are asked for. */
export class PageData {
  readonly facts: ExplorerData;
  /** Lines of base64; in place of those that were asked for, their unpacking. */
  readonly #chunks: (string | Promise<void>)[];
  readonly #chunkOf = new Map<TaskFacts, number>();
  readonly #texts = new Map<TaskFacts, TaskTexts>();

  private constructor(facts: ExplorerData, chunks: readonly string[]) {
    this.facts = facts;
    this.#chunks = [...chunks];
    let first = 0;
    for (const [chunk, size] of facts.chunks.entries()) {
      for (const task of facts.tasks.slice(first, first + size)) this.#chunkOf.set(task, chunk);
      first += size;
    }
  }

  static async read(text: string): Promise<PageData> {
    const [facts = '', ...chunks] = text.trim().split('\n');
    return new PageData(await unpack<ExplorerData>(facts), chunks);
  }

  async textsOf(row: Row): Promise<RowTexts> {
    await this.#load(this.#chunkOf.get(row.task) ?? -1);
    const texts = this.known(row);
    if (texts === null) throw new Error(`the page has no texts of ${row.key}`);
    return texts;
  }

  /** Null = not unpacked yet. */
  known(row: Row): RowTexts | null {
    const task = this.#texts.get(row.task);
    const candidate = task?.candidates[row.index];
    return task === undefined || candidate === undefined ? null : { task, candidate };
  }

  /** Whether all texts are unpacked, or about to be. */
  get isComplete(): boolean {
    return this.#chunks.every((chunk) => typeof chunk !== 'string');
  }

  /** Unpacks all that is still packed. */
  async loadAll(): Promise<void> {
    for (const chunk of this.#chunks.keys()) await this.#load(chunk);
  }

  async #load(chunk: number): Promise<void> {
    const packed = this.#chunks[chunk];
    if (typeof packed === 'string') this.#chunks[chunk] = this.#take(chunk, packed);
    await this.#chunks[chunk];
  }

  async #take(chunk: number, packed: string): Promise<void> {
    const first = this.facts.chunks.slice(0, chunk).reduce((sum, size) => sum + size, 0);
    for (const [index, texts] of (await unpack<readonly TaskTexts[]>(packed)).entries()) {
      const task = this.facts.tasks[first + index];
      if (task !== undefined) this.#texts.set(task, texts);
    }
  }
}

/** JSON that was compressed by gzip and written in base64. */
async function unpack<Value>(base64: string): Promise<Value> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).json();
}
