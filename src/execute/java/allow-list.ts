/**
 * What programs that share a virtual machine may refer to: things that compute and keep nothing. Nothing here starts threads,
 * ends the process, reads or writes outside, looks into classes, loads code, or changes what all programs see. Names have
 * slashes; a pattern matches whole names, and what is not here is not allowed, whatever later versions of Java bring.
 */
const CLASSES: readonly RegExp[] = [
  /^java\/lang\/(?:Object|String|StringBuilder|StringBuffer|CharSequence|Math|StrictMath|System|Class|Void)$/,
  /^java\/lang\/(?:Number|Byte|Short|Integer|Long|Float|Double|Boolean|Character|Character\$Unicode(?:Block|Script))$/,
  /^java\/lang\/(?:Comparable|Iterable|Runnable|AutoCloseable|Cloneable|Appendable|Readable|Enum|Record)$/,
  /^java\/lang\/(?:Throwable|StackTraceElement|\w*Exception|\w*Error)$/,
  /^java\/io\/(?:PrintStream|Serializable|\w+Exception)$/,
  /^java\/math\/(?:BigDecimal|BigInteger|MathContext|RoundingMode)$/,
  /^java\/nio\/charset\/(?:Charset|StandardCharsets)$/,
  /^java\/text\/(?:Format|NumberFormat|DecimalFormat|DecimalFormatSymbols|ChoiceFormat|MessageFormat)$/,
  /^java\/text\/(?:DateFormat|SimpleDateFormat|Normalizer|Normalizer\$Form|\w+Position|ParseException)$/,
  /^java\/text\/(?:CharacterIterator|StringCharacterIterator|BreakIterator|Collator)$/,
  /^java\/time\/(?:(?:format|temporal|chrono)\/)?\w+$/,
  /^java\/util\/(?:Abstract\w+|AbstractMap\$\w+|Array(?:s|List|Deque)|Base64(?:\$\w+)?|BitSet|Calendar|Collections?)$/,
  /^java\/util\/(?:Comparator|Currency|Date|Deque|Dictionary|\w+SummaryStatistics|Enum(?:Map|Set|eration))$/,
  /^java\/util\/(?:Formatter|GregorianCalendar|HashMap|HashSet|Hashtable|HexFormat|IdentityHashMap|Iterator)$/,
  /^java\/util\/(?:LinkedList|LinkedHash(?:Map|Set)|List|ListIterator|Locale|Map|Map\$Entry|Navigable(?:Map|Set))$/,
  /^java\/util\/(?:Objects|Optional(?:Int|Long|Double)?|PrimitiveIterator(?:\$\w+)?|PriorityQueue|Queue|Random)$/,
  /^java\/util\/(?:RandomAccess|Scanner|Sequenced(?:Map|Set|Collection)|Set|Sorted(?:Map|Set)|Spliterators?(?:\$\w+)?)$/,
  /^java\/util\/(?:SplittableRandom|Stack|String(?:Joiner|Tokenizer)|TimeZone|Tree(?:Map|Set)|UUID|Vector)$/,
  /^java\/util\/(?:WeakHashMap|\w+Exception)$/,
  /^java\/util\/function\/\w+$/,
  /^java\/util\/regex\/(?:Pattern|Matcher|MatchResult|PatternSyntaxException)$/,
  /^java\/util\/stream\/(?:(?:Base|Int|Long|Double)?Stream|Collectors?)(?:\$\w+)?$/,
  /^java\/util\/concurrent\/(?:Callable|ThreadLocalRandom|Concurrent\w+|CopyOnWrite\w+)(?:\$\w+)?$/,
  /^java\/util\/concurrent\/atomic\/(?:Atomic(?:Boolean|(?:Integer|Long|Reference)(?:Array)?)|(?:Long|Double)Adder)$/,
  /^org\/javatuples\/\w+$/,
];

/**
 * What a program's own classes may extend or implement. Not all that they may use: caches of the library, which outlive a program,
 * keep what a calendar, a field or a time zone says of itself, and would serve it to the next one.
 */
const PARENTS: readonly RegExp[] = [
  /^java\/lang\/(?:Object|Enum|Record|Number|Throwable|\w*Exception|\w*Error)$/,
  /^java\/lang\/(?:Comparable|Iterable|Runnable|AutoCloseable|Cloneable|CharSequence)$/,
  /^java\/io\/(?:Serializable|\w+Exception)$/,
  /^java\/util\/(?:Abstract\w+|Array(?:List|Deque)|Collection|Comparator|Deque|Enumeration|HashMap|HashSet|Iterator)$/,
  /^java\/util\/(?:LinkedList|LinkedHash(?:Map|Set)|List|ListIterator|Map|Map\$Entry|Navigable(?:Map|Set)|Queue)$/,
  /^java\/util\/(?:PriorityQueue|PrimitiveIterator(?:\$\w+)?|RandomAccess|Set|Sorted(?:Map|Set)|Spliterator|Stack)$/,
  /^java\/util\/(?:Tree(?:Map|Set)|Vector|\w+Exception)$/,
  /^java\/util\/function\/\w+$/,
  /^java\/util\/concurrent\/Callable$/,
];

/** Of these classes only the members that match, by name and descriptor. */
const ONLY = new Map([
  [
    'java/lang/System',
    /^(?:out|err)Ljava\/io\/PrintStream;$|^(?:currentTimeMillis|nanoTime|arraycopy|identityHashCode|lineSeparator)\(/,
  ],
  [
    'java/lang/Class',
    /^(?:get(?:Simple|Type)?Name|is(?:Instance|Array|Interface|Enum|Record|AssignableFrom)|cast|hashCode|equals|toString|desiredAssertionStatus|getEnumConstants|getComponentType|getSuperclass)\(/,
  ],
  ['java/io/PrintStream', /^(?:print|println|printf|format|append|flush|checkError)\(/],
  ['java/nio/charset/Charset', /^(?:forName|defaultCharset|name|toString|equals|hashCode)\(/],
]);

/** Members that no class may be asked for: threads of a common pool, settings of the whole machine, the collector's calls. */
const NEVER = /^(?:parallel|setDefault\(|finalize\(\)V)/;

/** Of these classes all members but those that match. */
const EXCEPT = new Map([
  // Opens a file of that name.
  ['java/util/Formatter', /^<init>\(Ljava\/lang\/String;/],
  // In the common pool, if the map is large enough.
  ['java/util/concurrent/ConcurrentHashMap', /^(?:forEach|search|reduce)\w*\(J/],
]);

/** Methods that link call sites. Programs have nothing that they could call them with. */
const LINKERS = new Map([
  ['java/lang/invoke/LambdaMetafactory', /^(?:metafactory|altMetafactory)$/],
  ['java/lang/invoke/StringConcatFactory', /^makeConcat(?:WithConstants)?$/],
  ['java/lang/runtime/ObjectMethods', /^bootstrap$/],
  ['java/lang/runtime/SwitchBootstraps', /^(?:typeSwitch|enumSwitch)$/],
]);

/** Named in every class with such call sites. */
const LOOKUP = /^java\/lang\/invoke\/MethodHandles(?:\$Lookup)?$/;

/**
 * Who catches an Error can hide that stack or memory ran out, which may leave classes of Java half initialised for all programs
 * that follow. But tests catch AssertionError, and the compiler makes every switch over an enum catch NoSuchFieldError.
 */
const ERRORS = /^java\/lang\/(?:Throwable|(?!Assertion|NoSuchField)\w*Error)$/;

/** Names as in class files. */
export const allowList = {
  /** A class that the program's own may extend or implement. */
  parent: (name: string) => PARENTS.some((pattern) => pattern.test(name)),
  /** A class that may be used. */
  type: (name: string) => CLASSES.some((pattern) => pattern.test(name)),
  member: (owner: string, name: string, descriptor: string) => {
    const member = name + descriptor;
    return (
      (ONLY.get(owner)?.test(member) ?? true) &&
      !(EXCEPT.get(owner)?.test(member) ?? false) &&
      !NEVER.test(member)
    );
  },
  /** The method behind a call site. */
  linker: (owner: string, name: string) => LINKERS.get(owner)?.test(name) ?? false,
  /** A class that may only be named. */
  named: (name: string) => LINKERS.has(name) || LOOKUP.test(name),
  /** A class that may be caught. */
  caught: (name: string) => !ERRORS.test(name),
};
