/** What is known of one function in a unit. */
export interface FunctionFact {
  readonly name: string;
  /** Receivers not counted; null when it could not be read. */
  readonly parameterCount: number | null;
  /** `broken`: syntax errors or a body cut off. `empty`: no statement that does anything. `absent`: no body. */
  readonly body: 'complete' | 'broken' | 'empty' | 'absent';
  /** Row of the fault in the unit's text, from 0; null when not broken. */
  readonly faultRow: number | null;
}

/** One top-level definition (or, in a class that is taken apart, one member), copied out of the syntax tree. */
export interface CodeUnit {
  readonly kind: 'import' | 'function' | 'type' | 'variable';
  /** The names it defines: whoever uses one of them needs the unit. */
  readonly names: readonly string[];
  /** Every identifier in it. */
  readonly uses: ReadonlySet<string>;
  /** Of these, names bound inside it (parameters, locals), which mean no global variable. */
  readonly bound: ReadonlySet<string>;
  /** Its own text, moved to the left margin, with attributes and the comment above it. */
  readonly text: string;
  readonly functions: readonly FunctionFact[];
  /** Members of a class that may be taken apart. */
  readonly members: readonly CodeUnit[];
  /** Kept whatever is used, e.g. a wildcard import. */
  readonly always: boolean;
  /** Row of the first fault in its text, from 0; null when it is sound. */
  readonly faultRow: number | null;
  /** Which block of the source it came from. */
  readonly block: number;
}
