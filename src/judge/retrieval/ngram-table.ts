import { LONGEST_NGRAM } from './crystal-bleu.ts';

/** The id of no n-gram, and the parent of every unigram. */
export const NO_NGRAM = -1;

/** Numbers for n-grams of up to four tokens, from 0 in the order of their arrival. */
export interface NgramTable {
  readonly size: number;
  /** Calls `visit` with every n-gram of the tokens, those that are new included, and its order (1 to 4). */
  add(tokens: readonly string[], visit: (ngram: number, order: number) => void): void;
  /** Calls `visit` with every n-gram of the tokens that is known. */
  find(tokens: readonly string[], visit: (ngram: number, order: number) => void): void;
  /** The tokens of an n-gram. */
  tokensOf(ngram: number): string[];
}

/**
 * A hash table in typed arrays, where an n-gram is its first tokens (an n-gram) and its last one: one takes 16 to 32 bytes, and
 * 20,000 implementations have a million of them.
 */
export function createNgramTable(): NgramTable {
  const tokenIds = new Map<string, number>();
  const tokens: string[] = [];
  let size = 0;
  let prefixes = new Int32Array(1024);
  let lasts = new Int32Array(1024);
  let slots = new Int32Array(2048).fill(NO_NGRAM);

  function slotOf(prefix: number, last: number): number {
    const mask = slots.length - 1;
    let hash = Math.imul(prefix + 1, 0x9e3779b1) ^ Math.imul(last + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    for (let slot = (hash ^ (hash >>> 13)) & mask; ; slot = (slot + 1) & mask) {
      const ngram = slots[slot] as number;
      if (ngram === NO_NGRAM || (prefixes[ngram] === prefix && lasts[ngram] === last)) {
        return slot;
      }
    }
  }

  function insert(prefix: number, last: number): number {
    let slot = slotOf(prefix, last);
    const known = slots[slot] as number;
    if (known !== NO_NGRAM) {
      return known;
    }
    if (size === prefixes.length) {
      grow();
      slot = slotOf(prefix, last);
    }
    prefixes[size] = prefix;
    lasts[size] = last;
    slots[slot] = size;
    return size++;
  }

  /** There are two slots for every n-gram that there is room for, so at least half of them are free. */
  function grow(): void {
    prefixes = doubled(prefixes);
    lasts = doubled(lasts);
    slots = new Int32Array(prefixes.length * 2).fill(NO_NGRAM);
    for (let ngram = 0; ngram < size; ngram++) {
      slots[slotOf(prefixes[ngram] as number, lasts[ngram] as number)] = ngram;
    }
  }

  function tokenId(token: string): number {
    let id = tokenIds.get(token);
    if (id === undefined) {
      id = tokens.push(token) - 1;
      tokenIds.set(token, id);
    }
    return id;
  }

  function visitAll(
    ids: readonly number[],
    next: (prefix: number, last: number) => number,
    visit: (ngram: number, order: number) => void,
  ): void {
    for (let start = 0; start < ids.length; start++) {
      let ngram = NO_NGRAM;
      for (let order = 1; order <= LONGEST_NGRAM && start + order <= ids.length; order++) {
        ngram = next(ngram, ids[start + order - 1] as number);
        if (ngram === NO_NGRAM) {
          break;
        }
        visit(ngram, order);
      }
    }
  }

  return {
    get size() {
      return size;
    },
    add: (text, visit) => visitAll(text.map(tokenId), insert, visit),
    find: (text, visit) =>
      visitAll(
        text.map((token) => tokenIds.get(token) ?? NO_NGRAM),
        (prefix, last) => slots[slotOf(prefix, last)] as number,
        visit,
      ),
    tokensOf: (ngram) => {
      const text: string[] = [];
      for (let rest = ngram; rest !== NO_NGRAM; rest = prefixes[rest] as number) {
        text.unshift(tokens[lasts[rest] as number] as string);
      }
      return text;
    },
  };
}

/** The array with twice the room. */
export function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
