/** A field or method that a class file refers to. */
export interface MemberReference {
  /** Class with slashes, or an array type such as `[I`. */
  readonly owner: string;
  readonly name: string;
  readonly descriptor: string;
}

/** What a class file says of what its code can reach. Names as in class files: `java/util/List`, `[I`. */
export interface ClassFile {
  readonly name: string;
  /** Superclass and interfaces. */
  readonly parents: readonly string[];
  /** All class constants: what it extends, creates, casts to, catches, and the owners of members. */
  readonly classes: readonly string[];
  readonly members: readonly MemberReference[];
  /** Types of its own fields and methods, of method types, and of call sites that are linked when they are first run. */
  readonly descriptors: readonly string[];
  readonly methods: readonly { readonly name: string; readonly isNative: boolean }[];
  /** Classes that are caught; null = anything (`finally`, `synchronized`). */
  readonly caught: readonly (string | null)[];
}

const MAGIC = 0xcafebabe;
const NATIVE = 0x0100;

/** Kinds of constants. */
const UTF8 = 1;
const CLASS = 7;
const MEMBERS: readonly number[] = [9, 10, 11];
const METHOD_TYPE = 16;
const LINKED: readonly number[] = [17, 18];

/** They take two places in the pool. */
const WIDE: readonly number[] = [5, 6];

/** Bytes behind the tag of each kind of constant whose length is fixed. */
const CONSTANT_BYTES: Readonly<Record<number, number>> = {
  3: 4, // int
  4: 4, // float
  5: 8, // long
  6: 8, // double
  7: 2, // class
  8: 2, // string
  9: 4, // field
  10: 4, // method
  11: 4, // method of an interface
  12: 4, // name and type
  15: 3, // method handle
  16: 2, // method type
  17: 4, // linked constant
  18: 4, // linked call
  19: 2, // module
  20: 2, // package
};

/**
 * Reads what a class file refers to.
 *
 * @throws {RangeError} when the bytes are no class file, or one of a kind that is not known here.
 * @see Java Virtual Machine Specification, chapter 4
 */
export function readClassFile(bytes: Buffer): ClassFile {
  if (bytes.readUInt32BE(0) !== MAGIC) throw new RangeError('not a class file');
  const u2 = (at: number) => bytes.readUInt16BE(at);
  const { places, end } = readPool(bytes);
  const placeOf = (index: number) => {
    const place = places[index];
    if (place === undefined) throw new RangeError(`a class file refers to constant ${index}, which is none`);
    return place;
  };
  // Byte by byte: names that differ stay different.
  const text = (index: number) => {
    const from = placeOf(index) + 3;
    return bytes.toString('latin1', from, from + u2(from - 2));
  };
  const className = (index: number) => text(u2(placeOf(index) + 1));
  const nameAndType = (index: number) => {
    const place = placeOf(index);
    return { name: text(u2(place + 1)), descriptor: text(u2(place + 3)) };
  };
  const constants = (...tags: readonly number[]) =>
    places.filter((place) => place !== undefined && tags.includes(bytes.readUInt8(place))) as number[];

  const caught: (string | null)[] = [];
  const readHandlers = (code: number) => {
    const table = code + 8 + bytes.readUInt32BE(code + 4);
    for (let index = 0; index < u2(table); index++) {
      const type = u2(table + 2 + 8 * index + 6);
      caught.push(type === 0 ? null : className(type));
    }
  };
  /** Of fields or methods, beginning with their number. */
  const readMembers = (start: number) => {
    const found: { flags: number; name: string; descriptor: string }[] = [];
    let at = start + 2;
    for (let left = u2(start); left > 0; left--) {
      found.push({ flags: u2(at), name: text(u2(at + 2)), descriptor: text(u2(at + 4)) });
      let attributes = u2(at + 6);
      for (at += 8; attributes > 0; attributes--) {
        if (text(u2(at)) === 'Code') readHandlers(at + 6);
        at += 6 + bytes.readUInt32BE(at + 2);
      }
    }
    return { found, next: at };
  };
  const interfaces = u2(end + 6);
  const parents = Array.from({ length: 1 + interfaces }, (_, index) =>
    u2(end + (index === 0 ? 4 : 6 + 2 * index)),
  );
  const fields = readMembers(end + 8 + 2 * interfaces);
  const methods = readMembers(fields.next);
  return {
    name: className(u2(end + 2)),
    parents: parents.map(className),
    classes: constants(CLASS).map((place) => text(u2(place + 1))),
    members: constants(...MEMBERS).map((place) => ({
      owner: className(u2(place + 1)),
      ...nameAndType(u2(place + 3)),
    })),
    descriptors: [
      ...[...fields.found, ...methods.found].map(({ descriptor }) => descriptor),
      ...constants(METHOD_TYPE).map((place) => text(u2(place + 1))),
      ...constants(...LINKED).map((place) => nameAndType(u2(place + 3)).descriptor),
    ],
    methods: methods.found.map(({ name, flags }) => ({ name, isNative: (flags & NATIVE) !== 0 })),
    caught,
  };
}

/** Where the tag of each constant is, and where the pool ends. */
function readPool(bytes: Buffer): { readonly places: readonly (number | undefined)[]; readonly end: number } {
  const count = bytes.readUInt16BE(8);
  const places: (number | undefined)[] = [undefined];
  let at = 10;
  while (places.length < count) {
    const tag = bytes.readUInt8(at);
    places.push(at);
    if (WIDE.includes(tag)) places.push(undefined);
    const length = tag === UTF8 ? 2 + bytes.readUInt16BE(at + 1) : CONSTANT_BYTES[tag];
    if (length === undefined) throw new RangeError(`a class file with constants of kind ${tag}`);
    at += 1 + length;
  }
  return { places, end: at };
}
