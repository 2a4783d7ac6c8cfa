const C_LIKE = 'break case continue default do else false for if return switch true while';
const OBJECTS = `${C_LIKE} catch class enum finally import instanceof interface new null private protected public static super this throw try void`;
const SCRIPT = `${OBJECTS} async await const delete export extends from function in let of typeof undefined var yield`;

const LISTS: Readonly<Record<string, string>> = {
  python: `False None True and as assert async await break case class continue def del elif else except finally for from global if
    import in is lambda match nonlocal not or pass raise return try while with yield`,
  java: `${OBJECTS} abstract assert boolean byte char double extends final float implements int long package record short synchronized
    throws transient var volatile`,
  javascript: SCRIPT,
  typescript: `${SCRIPT} any as boolean declare implements keyof never number readonly string type unknown`,
  go: `${C_LIKE} chan const defer fallthrough func go import interface map nil package range select struct type var`,
  rust: `as async await break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref return
    self Self static struct super trait true type unsafe use where while`,
  cpp: `${OBJECTS} auto bool char const constexpr delete double explicit float friend inline int long namespace nullptr operator
    override short signed sizeof struct template typedef typename union unsigned using virtual volatile`,
  csharp: `${OBJECTS} abstract as async await base bool byte char const decimal double float foreach get in int is long namespace object
    out override readonly ref return sealed set string struct using var virtual`,
  lua: 'and break do else elseif end false for function goto if in local nil not or repeat return then true until while',
  ruby: `and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue retry return self
    super then true undef unless until when while yield`,
  // A private language has some of these.
  other: `${C_LIKE} and begin class const def elif elseif end fn fun func function in let local nil none not null or repeat then until
    var`,
};

/** Words that are coloured, by the language's id; `other` for those that are not listed. */
export const KEYWORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(LISTS).map(([language, words]) => [language, new Set(words.split(/\s+/))]),
);
