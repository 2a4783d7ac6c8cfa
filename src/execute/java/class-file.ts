/** A field or method that a class file refers to. */
export interface MemberReference {
  readonly owner: string;
  readonly name: string;
  readonly descriptor: string;
}

/** What a class file says it uses. Names as in class files: `java/util/List`, `[I`. */
export interface ClassFile {
  readonly name: string;
  /** All class constants: what it extends, creates, casts to, catches, and refers to. */
  readonly classes: readonly string[];
  readonly members: readonly MemberReference[];
  /** Descriptors of method types and of everything that is called dynamically. */
  readonly descriptors: readonly string[];
  readonly methods: readonly { readonly name: string; readonly isNative: boolean }[];
}

const MAGIC = 0xcafebabe;
const NATIVE = 0x0100;

/**
 * Reads constant pool and method table of a class file.
 *
 * @throws {RangeError} when the bytes are no class file of a known kind.
 * @see Java Virtual Machine Specification, chapter 4
 */
export function readClassFile(bytes: Buffer): ClassFile {
  let at = 8;
  const u1 = () => bytes.readUInt8(at++);
  const u2 = () => {
    at += 2;
    return bytes.readUInt16BE(at - 2);
  };
  const u4 = () => {
    at += 4;
    return bytes.readUInt32BE(at - 4);
  };
  if (bytes.readUInt32BE(0) !== MAGIC) throw new RangeError('not a class file');
  const count = u2();
  const utf8 = new Map<number, string>();
  const single = new Map<number, { readonly tag: number; readonly index: number }>();
  const double = new Map<number, { readonly tag: number; readonly first: number; readonly second: number }>();
  for (let index = 1; index < count; index++) {
    const tag = u1();
    switch (tag) {
      case 1: {
        const length = u2();
        utf8.set(index, bytes.toString('utf8', at, at + length));
        at += length;
        break;
      }
      case 3:
      case 4:
        at += 4;
        break;
      case 5:
      case 6:
        at += 8;
        index += 1;
        break;
      case 7:
      case 8:
      case 16:
      case 19:
      case 20:
        single.set(index, { tag, index: u2() });
        break;
      case 9:
      case 10:
      case 11:
      case 12:
      case 17:
      case 18:
        double.set(index, { tag, first: u2(), second: u2() });
        break;
      case 15:
        at += 3;
        break;
      default:
        throw new RangeError(`unknown constant ${tag} in a class file`);
    }
  }
  const text = (index: number) => utf8.get(index) ?? '';
  const className = (index: number) => text(single.get(index)?.index ?? 0);
  const typed = (index: number) => {
    const { first = 0, second = 0 } = double.get(index) ?? {};
    return { name: text(first), descriptor: text(second) };
  };
  const doubles = [...double.values()];
  const members = doubles
    .filter(({ tag }) => tag >= 9 && tag <= 11)
    .map(({ first, second }) => ({ owner: className(first), ...typed(second) }));
  const descriptors = [
    ...[...single.values()].filter(({ tag }) => tag === 16).map(({ index }) => text(index)),
    ...doubles.filter(({ tag }) => tag >= 17).map(({ second }) => typed(second).descriptor),
  ];
  const classes = [...single.values()].filter(({ tag }) => tag === 7).map(({ index }) => text(index));

  at += 2;
  const name = className(u2());
  at += 2;
  const interfaces = u2();
  at += 2 * interfaces;
  const skipAttributes = () => {
    for (let left = u2(); left > 0; left--) {
      at += 2;
      const length = u4();
      at += length;
    }
  };
  for (let left = u2(); left > 0; left--) {
    at += 6;
    skipAttributes();
  }
  const methods: { name: string; isNative: boolean }[] = [];
  for (let left = u2(); left > 0; left--) {
    const flags = u2();
    methods.push({ name: text(u2()), isNative: (flags & NATIVE) !== 0 });
    at += 2;
    skipAttributes();
  }
  return { name, classes, members, descriptors, methods };
}
