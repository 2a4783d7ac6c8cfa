import { type ClassFile, type MemberReference, readClassFile } from './class-file.ts';

/**
 * Classes that can do nothing beyond their program: no exit, threads, reflection, class loaders, files, network, native code,
 * and no state that a later program could see. Catching `Throwable` or `Error` could hide that the machine is damaged, so
 * they are not here.
 */
const CLASSES: readonly RegExp[] = [
  /^java\/lang\/(?:Object|String|StringBuilder|StringBuffer|Number|Integer|Long|Double|Float|Short|Byte|Character|Boolean|Math|StrictMath|Comparable|CharSequence|Iterable|Enum|Record|Void|AutoCloseable|Cloneable|Appendable|Readable|Class|System)$/,
  /^java\/lang\/(?:Override|Deprecated|SuppressWarnings|FunctionalInterface|SafeVarargs)$/,
  /^java\/lang\/(?!ClassNotFound|Interrupted|Reflective)\w*Exception$/,
  /^java\/lang\/(?:AssertionError|String\$\w+|Character\$\w+|MatchException)$/,
  // What a compiler puts into class files for lambdas, string concatenation, records and switches.
  /^java\/lang\/invoke\/(?:LambdaMetafactory|StringConcatFactory|MethodHandles|MethodHandles\$Lookup)$/,
  /^java\/lang\/runtime\/(?:ObjectMethods|SwitchBootstraps)$/,
  /^java\/util\/(?!ServiceLoader|ResourceBundle|PropertyResourceBundle|ListResourceBundle|Timer|Properties|Cleaner|Scanner)[A-Z]\w*(?:\$\w+)*$/,
  /^java\/util\/(?:function|regex)\/[A-Z]\w*(?:\$\w+)*$/,
  /^java\/util\/stream\/(?!StreamSupport)[A-Z]\w*(?:\$\w+)*$/,
  /^java\/util\/concurrent\/atomic\/(?!\w*FieldUpdater)[A-Z]\w*$/,
  /^java\/util\/concurrent\/(?:ThreadLocalRandom|ConcurrentLinkedQueue|ConcurrentLinkedDeque|CopyOnWriteArrayList|ConcurrentSkipListMap|ConcurrentSkipListSet)$/,
  /^java\/(?:math|text)\/[A-Z]\w*(?:\$\w+)*$/,
  /^java\/time\/(?:(?:format|temporal|chrono)\/)?[A-Z]\w*(?:\$\w+)*$/,
  /^java\/nio\/charset\/StandardCharsets$/,
  /^java\/io\/(?:Serializable|PrintStream|IOException|UncheckedIOException)$/,
  /^org\/javatuples\/[A-Z]\w*$/,
];

/** May stand in descriptors, but nothing of them is called. */
const TYPES_ONLY =
  /^java\/(?:nio\/charset\/Charset|lang\/Throwable|lang\/invoke\/(?:CallSite|MethodType|MethodHandle|TypeDescriptor|MethodHandles\$Lookup))$/;

/** Of these classes only the members listed. */
const MEMBERS: Readonly<Record<string, RegExp>> = {
  'java/lang/System': /^(?:out|err|currentTimeMillis|nanoTime|arraycopy|identityHashCode|lineSeparator)$/,
  'java/lang/Class':
    /^(?:getName|getSimpleName|getTypeName|hashCode|toString|equals|isInstance|cast|desiredAssertionStatus|isArray|isInterface|isEnum|isRecord|isAssignableFrom|getComponentType|getSuperclass|getEnumConstants)$/,
  'java/io/PrintStream': /^(?:print|println|printf|format|append|flush|checkError)$/,
  'java/lang/invoke/LambdaMetafactory': /^(?:metafactory|altMetafactory)$/,
  'java/lang/invoke/StringConcatFactory': /^(?:makeConcat|makeConcatWithConstants)$/,
  'java/lang/invoke/MethodHandles': /^$/,
  'java/lang/invoke/MethodHandles$Lookup': /^$/,
  'java/lang/runtime/ObjectMethods': /^bootstrap$/,
  'java/lang/runtime/SwitchBootstraps': /^(?:typeSwitch|enumSwitch)$/,
};

/** Whoever declares or inherits them. */
const FORBIDDEN_MEMBERS = /^(?:parallel|parallelStream|parallel[A-Z]\w*|setDefault|finalize)$/;

/**
 * Whether a program refers to nothing but what the list allows: then it may share a virtual machine with others, one after
 * another. Everything is judged by what its class files name, which is all that they can use.
 */
export function isAllowed(classes: readonly { readonly name: string; readonly bytes: Buffer }[]): boolean {
  const own = new Set(classes.map(({ name }) => name.replaceAll('.', '/')));
  return classes.every(({ bytes }) => isAllowedClass(readClassFile(bytes), own));
}

function isAllowedClass(file: ClassFile, own: ReadonlySet<string>): boolean {
  const isKnown = (name: string) => own.has(name) || CLASSES.some((pattern) => pattern.test(name));
  const isType = (name: string) => isKnown(name) || TYPES_ONLY.test(name);
  return (
    file.classes.every((name) => (name.startsWith('[') ? typesOf(name).every(isType) : isKnown(name))) &&
    file.members.every(
      (member) => isAllowedMember(member, own) && typesOf(member.descriptor).every(isType),
    ) &&
    file.descriptors.every((descriptor) => typesOf(descriptor).every(isType)) &&
    file.methods.every(({ name, isNative }) => !isNative && name !== 'finalize')
  );
}

function isAllowedMember({ owner, name, descriptor }: MemberReference, own: ReadonlySet<string>): boolean {
  if (own.has(owner)) {
    // What an own class inherits is named by its own name.
    return !FORBIDDEN_MEMBERS.test(name);
  }
  const only = Object.hasOwn(MEMBERS, owner) ? MEMBERS[owner] : undefined;
  if (only !== undefined) return only.test(name);
  // It would open a file of that name.
  if (owner === 'java/util/Formatter' && name === '<init>')
    return !descriptor.startsWith('(Ljava/lang/String;');
  return !FORBIDDEN_MEMBERS.test(name);
}

/** The classes that a descriptor names. */
function typesOf(descriptor: string): string[] {
  return [...descriptor.matchAll(/L([^;]+);/g)].map(([, name = '']) => name);
}
