import { allowList } from './allow-list.ts';
import { type ClassFile, type MemberReference, readClassFile } from './class-file.ts';

/**
 * Whether a program's classes refer to nothing but themselves and what the allow-list names, so that a virtual machine that
 * ran it can be trusted with the next program. Decided by what the class files say, which is all that they can use, before
 * anything is run.
 */
export function isHarmless(classes: readonly { readonly bytes: Buffer }[]): boolean {
  let files: ClassFile[];
  try {
    files = classes.map(({ bytes }) => readClassFile(bytes));
  } catch (error) {
    // Of a later Java than this was written for.
    if (error instanceof RangeError) return false;
    throw error;
  }
  const own = new Map(files.map((file) => [file.name, file]));
  const sources = new Map(files.map(({ name }) => [name, sourcesOf(name, own)]));
  return files.every((file) => isHarmlessClass(file, sources));
}

/** The program's own classes, and from which others each may have members. */
type Own = ReadonlyMap<string, readonly string[]>;

function sourcesOf(name: string, files: ReadonlyMap<string, ClassFile>): string[] {
  const found = new Set([name]);
  for (const one of found) for (const parent of files.get(one)?.parents ?? []) found.add(parent);
  return [...found].filter((one) => !files.has(one));
}

function isHarmlessClass(file: ClassFile, own: Own): boolean {
  const isType = (name: string) => own.has(name) || allowList.type(name);
  const areTypes = (descriptor: string) => typesOf(descriptor).every(isType);
  const isNamed = (name: string) =>
    name.startsWith('[') ? areTypes(name) : isType(name) || allowList.named(name);
  const isMember = (member: MemberReference) =>
    allowList.linker(member.owner, member.name) ||
    (areTypes(member.descriptor) && isHarmlessMember(member, own));
  return (
    // A class in a package of a library would see more of it here than with a class loader of its own.
    !file.name.includes('/') &&
    file.parents.every((name) => own.has(name) || allowList.parent(name)) &&
    file.classes.every(isNamed) &&
    file.members.every(isMember) &&
    file.descriptors.every(areTypes) &&
    file.methods.every(({ name, isNative }) => !isNative && name !== 'finalize') &&
    file.caught.every((name) => name !== null && allowList.caught(name))
  );
}

function isHarmlessMember({ owner, name, descriptor }: MemberReference, own: Own): boolean {
  if (owner.startsWith('[')) return name === 'clone';
  return (own.get(owner) ?? [owner]).every(
    (source) => allowList.type(source) && allowList.member(source, name, descriptor),
  );
}

/** The classes that a descriptor names. */
function typesOf(descriptor: string): string[] {
  return [...descriptor.matchAll(/L([^;]+);/g)].map(([, name = '']) => name);
}
